package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.proofs.Crossing.Phase;
import io.github.evergrant.proofs.Playground.Refresh;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One session on one storage that goes from crash to crash, at a provider with one grace. For one thread. */
final class CrashRun implements AutoCloseable {

    private static final Phase[] PHASES = Phase.values();
    private static final String SESSION = "tour";
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    /** So that there is a middle of a request in which to be killed. */
    private static final Duration LATENCY = Duration.ofMillis(20);

    private static final int HEIR_IS_KILLED_IN = 5;

    private final String scheme;
    private final Duration grace;
    private final RandomGenerator random;
    private final CrashTally tally;
    private final Path store;
    private final Playground playground;
    private final Remains remains;
    private final Rehearsed rehearsed;

    /** @param folder empty, and for this run alone */
    CrashRun(Path folder, String scheme, Duration grace, RandomGenerator random, CrashTally tally) throws IOException {
        this.scheme = scheme;
        this.grace = grace;
        this.random = random;
        this.tally = tally;
        SandboxSettings settings =
                SandboxSettings.defaults().withReuseGrace(grace).withLatency(LATENCY);
        this.store = Files.createDirectory(folder.resolve("store")).resolve("sessions");
        this.playground = new Playground(settings);
        this.remains = new Remains(store, scheme.equals("sqlite"));
        this.rehearsed = new Rehearsed(Files.createDirectory(folder.resolve("rehearsals")), scheme, settings);
    }

    private String address() {
        return scheme + ":" + store;
    }

    private String whose() {
        return SESSION + " " + address();
    }

    private Evergrant door() {
        return Evergrant.open(address(), EvergrantSettings.defaults().withRefreshAhead(false));
    }

    /**
     * Kills that many processes, and some of their heirs.
     *
     * @param number of this run, so that each run begins with another phase
     * @param offset at which crossing of a phase the first run begins
     */
    void run(int points, int number, int offset) throws Exception {
        logIn();
        int first = offset + number * (points / PHASES.length / 2 + 1);
        for (int point = 0; point < points; point++) {
            int turn = point / PHASES.length;
            boolean goesOn = (point + turn) % 2 == 1;
            round(PHASES[(point + number) % PHASES.length], goesOn, first + turn / 2);
        }
        assertThat(playground.mostAtOnce()).isEqualTo(1);
        tidy();
    }

    /** Where a process stays: at each crossing of a phase in turn. Where it goes on: rather at one that opens work. */
    private static Crossing pick(List<Crossing> whole, Phase phase, boolean goesOn, int turn) {
        List<Crossing> all =
                whole.stream().filter(each -> each.phase() == phase).toList();
        List<Crossing> work =
                all.stream().filter(each -> each.boundary().opensWork()).toList();
        List<Crossing> from = goesOn && !work.isEmpty() ? work : all;
        return from.get(turn % from.size());
    }

    private void round(Phase phase, boolean goesOn, int turn) throws Exception {
        String before = known();
        long mark = playground.latest();
        int reuses = playground.reuses();
        Victim victim = rehearsed.take();
        List<Crossing> whole = victim.renewal();
        assertThat(whole.stream().map(Crossing::phase).distinct()).containsExactly(PHASES);
        long began = System.nanoTime();
        List<Kill> kills = new ArrayList<>();
        kills.add(killFirst(victim, pick(whole, phase, goesOn, turn), goesOn));
        judge(kills.get(0), before, mark);
        if (random.nextInt(HEIR_IS_KILLED_IN) == 0) {
            kills.add(killHeir(whole.size()));
        }
        boolean sent = granted(mark).contains(known());
        boolean lost = !inherits(kills);
        boolean inTime = grace.isZero() || System.nanoTime() - began < grace.toNanos();
        boolean sentAgain = playground.reuses() > reuses;
        // Lost is what the provider has replaced while nobody could keep the answer, and that alone.
        boolean mayBeLost = sent && (grace.isZero() || !inTime);
        assertThat(lost).as(kills.toString()).isIn(mayBeLost, mayBeLost && grace.isZero());
        assertThat(sentAgain || !sent).as(kills.toString()).isTrue();
        if (lost || sentAgain) {
            assertThat(kills).as("outside of the window").anyMatch(Kill::isInTheWindow);
        }
        tally.ended("grace " + grace.toSeconds() + " s", kills.size(), lost, inTime);
        if (sentAgain && !lost) {
            tally.sentAgain();
        }
        if (lost) {
            logIn();
        }
    }

    private Kill killFirst(Victim victim, Crossing target, boolean goesOn) {
        Kill kill = goesOn
                ? victim.killAfter(whose(), target.number(), random.nextLong(1, victim.takes(target.number())))
                : victim.killAt(whose(), target.number());
        if (!goesOn) {
            assertThat(kill.last().is(target.phase(), target.boundary())).isTrue();
        }
        tally.killed(kill, scheme, false);
        return kill;
    }

    /** Somewhere: what it does depends on what it found. */
    private Kill killHeir(int crossings) throws Exception {
        Kill kill = rehearsed.take().killAt(whose(), random.nextInt(crossings));
        tally.killed(kill, scheme, true);
        letGo();
        whole();
        return kill;
    }

    private void letGo() {
        rehearsed.begin();
        playground.outliveTheDead();
        tally.left(remains.isHalfDone());
    }

    private String whole() throws Exception {
        return remains.wholeRefreshToken(SESSION, Playground.GROUPS);
    }

    /** What is there after the kill is what the crossings say. */
    private void judge(Kill kill, String before, long mark) throws Exception {
        letGo();
        // A dead process's transaction is undone by whoever opens the database first: the checker or us.
        String stored = random.nextBoolean() ? whole() : null;
        Standing standing = standing();
        String now = refreshToken(standing);
        boolean moved = !now.equals(before);
        assertThat(stored == null ? whole() : stored).as(kill.toString()).isIn(before, now);
        if (kill.answerIsDurable()) {
            assertThat(moved).as(kill.toString()).isTrue();
        }
        if (!kill.answerMayBeDurable()) {
            assertThat(moved).as(kill.toString()).isFalse();
        }
        List<Refresh> refreshes = playground.refreshesSince(mark);
        assertThat(refreshes.size()).as(kill.toString()).isLessThanOrEqualTo(1);
        if (moved) {
            assertThat(granted(mark)).as(kill.toString()).containsExactly(before);
        }
        if (!refreshes.isEmpty() && !moved) {
            assertThat(kill.isInTheWindow()).as(kill.toString()).isTrue();
        }
        if (kill.intentIsDurable() && !moved) {
            assertThat(standing.inDoubt()).as(kill.toString()).isNotNull();
        }
        if (!kill.intentMayBeDurable() || moved) {
            assertThat(standing.inDoubt()).as(kill.toString()).isNull();
        }
        assertThat(standing.dead()).as(kill.toString()).isEmpty();
    }

    /** A fresh door renews and has a token that the API takes. @return false when a person must log in */
    private boolean inherits(List<Kill> kills) throws Exception {
        try (Evergrant door = door()) {
            assertThat(door.sessions()).containsExactly(SESSION);
            Session session = door.session(SESSION);
            try {
                session.renewNow();
            } catch (LoginRequired e) {
                requireDead(session, e);
                return false;
            }
            Secret token = session.token().value();
            assertThat(playground.accepts(token)).as(kills.toString()).isTrue();
            Standing standing = session.standing();
            assertThat(standing.inDoubt()).isNull();
            assertThat(standing.dead()).isEmpty();
            assertThat(remains.wholeRefreshToken(SESSION, Playground.GROUPS)).isEqualTo(refreshToken(standing));
            return true;
        }
    }

    /** It says why, keeps saying so without asking again, and keeps the record. */
    private void requireDead(Session session, LoginRequired said) {
        assertThat(said.code()).isEqualTo("refresh_token_refused");
        assertThat(said).hasMessageContaining("invalid_grant");
        assertThat(session.standing().dead().get(Playground.GROUPS)).contains("invalid_grant");
        assertThat(session.standing().records()).containsKey(Playground.GROUPS);
        int asked = playground.refreshes();
        assertThat(refusal(session)).isEqualTo("refresh_token_refused");
        assertThat(playground.refreshes()).isEqualTo(asked);
    }

    private static @Nullable String refusal(Session session) {
        try {
            session.renewNow();
            return null;
        } catch (LoginRequired e) {
            return e.code();
        }
    }

    private Set<String> granted(long mark) {
        return playground.refreshesSince(mark).stream()
                .filter(each -> each.status() == 200)
                .map(Refresh::refreshToken)
                .collect(Collectors.toSet());
    }

    private void logIn() {
        try (Evergrant door = door()) {
            door.keep(SESSION, playground.login(LIFETIME), false);
        }
    }

    private Standing standing() {
        try (Evergrant door = door()) {
            return door.session(SESSION).standing();
        }
    }

    /** The refresh token that a renewal would send now. */
    private String known() {
        return refreshToken(standing());
    }

    private static String refreshToken(Standing standing) {
        Standing.Entry entry = Objects.requireNonNull(standing.records().get(Playground.GROUPS));
        return entry.data().refresh().orElseThrow().reveal();
    }

    /** Temporary files of dead processes go at a later save, once they are old. */
    private void tidy() throws Exception {
        List<Path> left = remains.temporaryFiles();
        tally.leftOvers(left.size());
        for (Path each : left) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        try (Evergrant door = door()) {
            door.session(SESSION).renewNow();
        }
        assertThat(remains.temporaryFiles()).isEmpty();
    }

    @Override
    public void close() {
        rehearsed.close();
        playground.close();
    }
}
