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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One sandbox, one door, a few sessions, and faults in a row; door and sandbox go by one clock, which is moved on to
 * the times that the door names.
 */
final class FaultLane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int SESSIONS = 3;

    private final VirtualClock clock = new VirtualClock();
    private final Duration grace;
    private final FaultTally tally;
    private final RandomGenerator random;
    private final FaultDeck deck;
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
        this.deck = new FaultDeck(faults, random);
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
            FaultKind ofRevocation = deck.revocation();
            if (ofRevocation != null) {
                logOut(i, ofRevocation);
            } else {
                renew(i, deck.streak(), random.nextInt(25) == 0);
            }
        }
        for (int i = 0; i < SESSIONS; i++) {
            renew(i, List.of(), false);
        }
        tally.failedWrites.add(medium.failed());
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
        FaultLog log = new FaultLog(hand.requests(FaultKind.REFRESH), streak);
        log.met().forEach(tally::hit);
        deck.putBack(streak.subList(log.met().size(), streak.size()));
        String which = name(i) + " " + resourceServer;
        boolean unread = log.lostAnswerTo(refreshToken(record(session, resourceServer))) || seenTooLate.contains(which);
        if (required == null) {
            assertThat(revokeFirst).as("a revoked session gives no token").isFalse();
            if (log.hasLateOne()) {
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
            assertThat(unread && grace.isZero()).as(() -> "lost: " + log).isTrue();
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

    private void logOut(int i, FaultKind fault) {
        Session session = door.session(name(i));
        hand.requests(FaultKind.REVOKE);
        hand.faults(List.of(fault.rule(1, clock.instant())));
        List<String> failures = session.logout(false);
        hand.faults(List.of());
        new FaultLog(hand.requests(FaultKind.REVOKE), List.of(fault)).met().forEach(tally::hit);
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
