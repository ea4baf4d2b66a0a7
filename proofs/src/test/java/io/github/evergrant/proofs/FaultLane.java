package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.testing.FailingStorage;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One sandbox, one door, a few sessions, and faults in a row; door and sandbox go by one clock, which is moved on to
 * the times that the door names.
 */
final class FaultLane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int SESSIONS = 3;

    /** How many faults may follow one that cost an answer; more, and no client could be sure to be in time. */
    private static final int AFTER_A_LOSS = 3;

    private final VirtualClock clock = new VirtualClock();
    private final Duration grace;
    private final FaultTally tally;
    private final RandomGenerator random;
    private final Deque<FaultKind> deck;
    private final Sandbox sandbox;
    private final SandboxHand hand;
    private final FailingStorage medium;
    private final Evergrant door;

    /** Records whose refresh token the server saw once more when nobody waited for its answer any longer. */
    private final Set<String> seenTooLate = new HashSet<>();

    FaultLane(TokenStorage storage, Duration grace, FaultTally tally, RandomGenerator random, List<FaultKind> faults) {
        this.grace = grace;
        this.tally = tally;
        this.random = random;
        this.deck = new ArrayDeque<>(faults);
        this.sandbox = Sandbox.start(SandboxSettings.defaults().withReuseGrace(grace), clock);
        this.hand = new SandboxHand(sandbox.base(), clock, grace);
        this.medium = new FailingStorage(storage);
        this.door = Evergrant.open(
                medium,
                EvergrantSettings.defaults()
                        .withClock(clock)
                        .withPatience(PATIENCE)
                        .withRefreshAhead(false));
        for (int i = 0; i < SESSIONS; i++) {
            logIn(i);
        }
    }

    private static String name(int i) {
        return "tour-" + i;
    }

    private void logIn(int i) {
        door.keep(name(i), hand.login(i == 0), true);
        seenTooLate.removeIf(each -> each.startsWith(name(i)));
        tally.sessions.increment();
    }

    /** Uses up all faults; then every session renews without any. */
    void run() {
        while (!deck.isEmpty()) {
            int i = random.nextInt(SESSIONS);
            if (deck.peek().request().equals(FaultKind.REVOKE)) {
                logOut(i, deck.pop());
            } else {
                renew(i, streak(), random.nextInt(25) == 0);
            }
        }
        for (int i = 0; i < SESSIONS; i++) {
            renew(i, List.of(), false);
        }
        tally.failedWrites.add(medium.failed());
    }

    /** Faults for one request after the other, so that the provider's grace suffices. */
    private List<FaultKind> streak() {
        List<FaultKind> streak = new ArrayList<>();
        int most = 1 + random.nextInt(7);
        int sinceLoss = -1;
        Duration asked = Duration.ZERO;
        while (streak.size() < most && !deck.isEmpty()) {
            FaultKind next = deck.peek();
            FaultKind last = streak.isEmpty() ? null : streak.get(streak.size() - 1);
            boolean lasts = last != null && (last.lasting() || next.lasting());
            boolean liesAgain = last != null && last.lie() && next.lie();
            boolean late = sinceLoss >= 0
                    && (sinceLoss >= AFTER_A_LOSS
                            || next.bringsFalseTokens()
                            || asked.plus(next.asksFor()).toSeconds() > 2);
            if (lasts || liesAgain || late || next.request().equals(FaultKind.REVOKE)) {
                break;
            }
            streak.add(deck.pop());
            if (sinceLoss >= 0 || next.losesTheAnswer()) {
                sinceLoss++;
                asked = asked.plus(next.asksFor());
            }
        }
        return streak;
    }

    private void renew(int i, List<FaultKind> streak, boolean revokeFirst) {
        Session session = door.session(name(i));
        String resourceServer = i == 0 && random.nextBoolean() ? SandboxHand.TRANSFER : SandboxHand.GROUPS;
        TokenData before = record(session, resourceServer);
        Demand demand = due(before);
        if (revokeFirst) {
            end(before, session, resourceServer);
        }
        hand.requests(FaultKind.REFRESH);
        List<String> rules = new ArrayList<>();
        for (FaultKind each : streak) {
            rules.add(each.rule(rules.size() + 1, clock.instant()));
        }
        hand.faults(rules);
        if (random.nextInt(5) == 0) {
            medium.fail(random.nextInt(6), 1 + random.nextInt(3));
        }
        LoginRequired required = obtain(session, resourceServer, demand);
        medium.fail(0, 0);
        hand.faults(List.of());
        if (streak.stream().anyMatch(FaultKind::lasting)) {
            // Time must not jump while the server still has to do with a request that nobody waits for.
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(hand::isIdle);
        }
        List<JsonNode> log = hand.requests(FaultKind.REFRESH);
        int hits = count(log, streak);
        String which = name(i) + " " + resourceServer;
        boolean unread = answerWasLost(log, streak, record(session, resourceServer)) || seenTooLate.contains(which);
        for (FaultKind unspent : streak.subList(hits, streak.size())) {
            deck.add(unspent);
        }
        if (required == null) {
            assertThat(revokeFirst).as("a revoked session gives no token").isFalse();
            if (log.stream().anyMatch(FaultLane::cameTooLate)) {
                seenTooLate.add(which);
            }
            tally.renewals.increment();
            return;
        }
        assertThat(required.code()).isEqualTo("refresh_token_refused");
        if (revokeFirst) {
            tally.noticed.increment();
        } else {
            tally.lost.increment();
            tally.unread.add(unread ? 1 : 0);
            assertThat(unread && grace.isZero())
                    .as(() -> "lost: " + streak + "\n" + String.join("\n", shown(log)))
                    .isTrue();
        }
        logIn(i);
    }

    /** Makes a renewal due in one of the ways in which that happens. */
    private Demand due(TokenData before) {
        switch (random.nextInt(4)) {
            case 0 -> {
                return Demand.SUCCESSOR;
            }
            case 1 -> {
                clock.forward(Duration.ofSeconds(61));
                return Demand.insteadOf(before.accessToken());
            }
            default -> {
                clock.forward(Duration.ofMinutes(16));
                return Demand.GOOD_NOW;
            }
        }
    }

    /** Ends the session at the provider: by its user, or by a used refresh token that turns up there. */
    private void end(TokenData before, Session session, String resourceServer) {
        tally.revoked.increment();
        Secret refresh = refreshToken(before);
        if (random.nextBoolean()) {
            hand.revoke(refresh);
            return;
        }
        session.obtain(resourceServer, Demand.SUCCESSOR.withPatience(PATIENCE));
        clock.forward(grace.plusSeconds(61));
        boolean rotated = !refreshToken(record(session, resourceServer)).equals(refresh);
        assertThat(rotated).isTrue();
        assertThat(hand.use(refresh)).isEqualTo(401);
    }

    /**
     * Asks as a program does that must have a token, and comes again when it is told to.
     *
     * @return why it cannot have one without a login; null when it has one that the server takes
     */
    private @Nullable LoginRequired obtain(Session session, String resourceServer, Demand first) {
        Demand demand = first;
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                Obtained obtained = session.obtain(resourceServer, demand.withPatience(PATIENCE));
                if (hand.isGood(obtained.data().accessToken())) {
                    return null;
                }
                if (obtained.warning() instanceof TemporarilyUnavailable old) {
                    old.retryAt().ifPresent(clock::forwardTo);
                } else {
                    demand = Demand.insteadOf(obtained.data().accessToken());
                }
            } catch (TemporarilyUnavailable e) {
                clock.forwardTo(e.retryAt().orElseGet(clock::instant));
            } catch (ProviderRefused e) {
                if (e.code().equals("refused_again")) {
                    clock.forward(Duration.ofSeconds(61));
                } else if (e.code().equals("same_token_again")) {
                    demand = Demand.SUCCESSOR;
                } else {
                    coolDown(session);
                }
            } catch (LoginRequired e) {
                return e;
            } catch (StorageFailure e) {
                assertThat(e.code()).isEqualTo("disk_full");
            }
        }
        throw new AssertionError("a hundred times in vain");
    }

    private void coolDown(Session session) {
        Instant until = session.standing().coolingUntil();
        if (until != null) {
            clock.forwardTo(until);
        }
    }

    /** Counts the faults that were met, and sees that they were those of the streak. */
    private int count(List<JsonNode> log, List<FaultKind> streak) {
        int hits = 0;
        for (JsonNode each : log) {
            JsonNode fault = each.get("fault");
            if (fault != null) {
                FaultKind kind = streak.get(hits++);
                assertThat(fault.get("do").asString()).isEqualTo(kind.what().replace("drop-after", "drop"));
                tally.hit(kind);
            }
        }
        return hits;
    }

    /** Whether the server has used up this very refresh token, by a request whose answer nobody could read. */
    private static boolean answerWasLost(List<JsonNode> log, List<FaultKind> streak, TokenData now) {
        String sent = "refresh_token=" + SandboxHand.encoded(refreshToken(now));
        int hits = 0;
        boolean lost = false;
        for (JsonNode each : log) {
            FaultKind kind = each.has("fault") ? streak.get(hits++) : null;
            boolean acted = each.get("work").isNumber() && each.get("work").intValue() == 200;
            boolean ours = List.of(each.get("body").asString().split("&")).contains(sent);
            lost |= kind != null && ours && kind.losesTheAnswer() && (acted || kind.lasting());
        }
        return lost;
    }

    /** Whether the server held a request back until another one had used its refresh token up. */
    private static boolean cameTooLate(JsonNode logged) {
        return logged.has("fault")
                && logged.get("fault").get("do").asString().equals("delay")
                && logged.get("work").intValue() == 401;
    }

    /** How many answers in a row may be lost, so that the next one still saves the session; and for how long. */
    record Borne(int answers, Duration time) {}

    /** Loses the answers to all requests until the server's grace is over. */
    Borne loseAnswers() {
        Session session = door.session(name(1));
        clock.forward(Duration.ofMinutes(16));
        hand.requests(FaultKind.REFRESH);
        hand.faults(List.of("{\"kind\":\"token.refresh\",\"do\":\"drop-after\",\"times\":80}"));
        assertThat(obtain(session, SandboxHand.GROUPS, Demand.GOOD_NOW)).isNotNull();
        List<Instant> inTime = hand.requests(FaultKind.REFRESH).stream()
                .filter(each -> each.get("work").intValue() == 200)
                .map(each -> Instant.parse(each.get("time").asString()))
                .toList();
        logIn(1);
        return new Borne(inTime.size() - 1, Duration.between(inTime.get(0), inTime.get(inTime.size() - 1)));
    }

    private static List<String> shown(List<JsonNode> log) {
        return log.stream()
                .map(each -> each.get("time").asString() + " " + each.get("fault") + " work " + each.get("work")
                        + " status " + each.get("status") + " token "
                        + each.get("body").asString().hashCode())
                .toList();
    }

    private void logOut(int i, FaultKind fault) {
        Session session = door.session(name(i));
        hand.requests(FaultKind.REVOKE);
        hand.faults(List.of(fault.rule(1, clock.instant())));
        List<String> failures = session.logout(false);
        hand.faults(List.of());
        count(hand.requests(FaultKind.REVOKE), List.of(fault));
        boolean quiet = fault.what().equals("delay") || fault.what().equals("garbage");
        assertThat(failures.isEmpty()).as(fault + ": " + failures).isEqualTo(quiet);
        assertThat(door.sessions()).doesNotContain(name(i));
        logIn(i);
    }

    private static TokenData record(Session session, String resourceServer) {
        Standing.Entry entry = session.standing().records().get(resourceServer);
        return Objects.requireNonNull(entry, resourceServer).data();
    }

    private static Secret refreshToken(TokenData data) {
        return data.refresh().orElseThrow();
    }

    @Override
    public void close() {
        door.close();
        sandbox.close();
    }
}
