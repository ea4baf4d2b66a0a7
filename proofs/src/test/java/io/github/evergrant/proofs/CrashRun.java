package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.proofs.Crossing.Boundary;
import io.github.evergrant.proofs.Crossing.Phase;
import io.github.evergrant.proofs.Playground.Renewal;
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
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One session on one storage that goes from crash to crash, at a provider with one grace. For one thread. */
final class CrashRun implements AutoCloseable {

    private static final Phase[] PHASES = Phase.values();
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    /** So that there is a middle of a request in which to be killed. */
    private static final Duration LATENCY = Duration.ofMillis(20);

    private static final int HEIR_IS_KILLED_IN = 5;

    private final String address;
    private final SessionKind kind;
    private final Duration grace;
    private final RandomGenerator random;
    private final CrashTally tally;
    private final List<Aim> aims;
    private final Playground playground;
    private final Remains remains;
    private final Rehearsed rehearsed;

    /** @param folder empty, and for this run alone */
    CrashRun(Path folder, Kept kept, Duration grace, RandomGenerator random, CrashTally tally) throws IOException {
        Path store = Files.createDirectory(folder.resolve("store")).resolve("sessions");
        this.address = kept.address(store);
        this.kind = kept.session();
        this.grace = grace;
        this.random = random;
        this.tally = tally;
        SandboxSettings settings =
                SandboxSettings.defaults().withReuseGrace(grace).withLatency(LATENCY);
        this.aims = aims(kept.storage(), store);
        this.playground = new Playground(kind, settings);
        this.remains = kept.storage().remains(store);
        this.rehearsed = new Rehearsed(Files.createDirectory(folder.resolve("rehearsals")), kept, settings);
    }

    /** Where in a renewal a process is killed. */
    private sealed interface Aim {

        record In(Phase phase) implements Aim {}

        /** When a save has replaced that file, and not yet all that come after it. */
        record Behind(Path file) implements Aim {}
    }

    private static List<Aim> aims(StorageKind storage, Path store) {
        List<Aim> aims = new ArrayList<>();
        Stream.of(PHASES).map(Aim.In::new).forEach(aims::add);
        storage.replacedBeforeTheLast(store).stream().map(Aim.Behind::new).forEach(aims::add);
        return aims;
    }

    private String whose() {
        return kind.session() + " " + address;
    }

    private Evergrant door() {
        return Evergrant.open(address, EvergrantSettings.defaults().withRefreshAhead(false));
    }

    /**
     * Kills that many processes, and some of their heirs.
     *
     * @param first which aim to begin with; the others follow in turn
     * @param offset at which crossing of a phase to begin
     */
    void run(int points, int first, int offset) throws Exception {
        logIn();
        for (int point = 0; point < points; point++) {
            int turn = point / aims.size();
            boolean goesOn = (point + turn) % 2 == 1;
            round(aims.get((first + point) % aims.size()), goesOn, offset + turn / 2);
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

    private void round(Aim aim, boolean goesOn, int turn) throws Exception {
        Pair before = known();
        long since = playground.latest();
        Victim victim = rehearsed.take();
        List<Crossing> whole = victim.renewal();
        assertThat(whole.stream().map(Crossing::phase).distinct()).containsExactly(PHASES);
        long began = System.nanoTime();
        List<Kill> kills = new ArrayList<>();
        kills.add(
                aim instanceof Aim.In in
                        ? killFirst(victim, pick(whole, in.phase(), goesOn, turn), goesOn)
                        : killBehind(victim, ((Aim.Behind) aim).file()));
        tally.killed(kills.get(0), false);
        judge(kills.get(0), before, since);
        Pair then = known();
        since = then.equals(before) ? since : playground.latest();
        boolean sentAgain = false;
        if (random.nextInt(HEIR_IS_KILLED_IN) == 0) {
            kills.add(killHeir(whole.size()));
            sentAgain = isSentAgain(since);
            since = known().equals(then) ? since : playground.latest();
        }
        // Granted since the last pair that anybody here knows of: nobody has the answer.
        Set<String> granted = granted(since);
        assertThat(granted).as(kills.toString()).isSubsetOf(known().refresh());
        boolean sent = !granted.isEmpty();
        boolean lost = !inherits(kills);
        boolean inTime = grace.isZero() || System.nanoTime() - began < grace.toNanos();
        sentAgain |= isSentAgain(since);
        // Lost is what the provider has replaced while nobody could keep the answer, and that alone.
        boolean mayBeLost = kind.isReplaced() && sent && (grace.isZero() || !inTime);
        assertThat(lost).as(kills.toString()).isIn(mayBeLost, mayBeLost && grace.isZero());
        assertThat(sentAgain || !sent).as(kills.toString()).isTrue();
        if (lost || sentAgain) {
            assertThat(kills).as("outside of the window").anyMatch(Kill::isInTheWindow);
        }
        tally.ended(
                kind.isReplaced() ? "grace " + grace.toSeconds() + " s" : "never replaced", kills.size(), lost, inTime);
        if (sentAgain && !lost) {
            tally.sentAgain();
        }
        if (lost) {
            logIn();
        }
    }

    /** Whether a refresh token was shown once more after an answer to it. */
    private boolean isSentAgain(long since) {
        List<Renewal> all = playground.renewalsSince(since);
        return IntStream.range(1, all.size())
                .anyMatch(i -> all.subList(0, i).stream()
                        .anyMatch(earlier -> earlier.isGranted()
                                && earlier.shown().equals(all.get(i).shown())));
    }

    private Kill killFirst(Victim victim, Crossing target, boolean goesOn) {
        Kill kill = goesOn
                ? victim.killAfter(whose(), target.number(), random.nextLong(1, victim.takes(target.number())))
                : victim.killAt(whose(), target.number());
        if (!goesOn) {
            assertThat(kill.last().is(target.phase(), target.boundary())).isTrue();
        }
        return kill;
    }

    /** Within half of the time that the next file takes, of three. */
    private Kill killBehind(Victim victim, Path file) {
        int replaces = victim.renewal().stream()
                .filter(each -> each.boundary() == Boundary.REPLACES)
                .findFirst()
                .orElseThrow()
                .number();
        long most = Math.max(2, victim.takes(replaces) / 6);
        return victim.killAfter(whose(), Rename.of(file), random.nextLong(1, most));
    }

    /** Somewhere: what it does depends on what it found. */
    private Kill killHeir(int crossings) throws Exception {
        List<String> before = remains.unfinished();
        Kill kill = rehearsed.take().killAt(whose(), random.nextInt(crossings));
        tally.killed(kill, true);
        letGo(before);
        whole();
        return kill;
    }

    private void letGo(List<String> before) throws IOException {
        rehearsed.begin();
        playground.outliveTheDead();
        List<String> left = new ArrayList<>(remains.unfinished());
        left.removeAll(before);
        tally.left(left);
    }

    private Pair whole() throws Exception {
        return remains.wholePair(kind.session(), kind.resourceServer());
    }

    /** What is there after the kill is what the crossings say. */
    private void judge(Kill kill, Pair before, long mark) throws Exception {
        letGo(List.of());
        // A dead process's transaction is undone by whoever opens the database first: the checker or us.
        Pair stored = random.nextBoolean() ? whole() : null;
        Standing standing = standing();
        Pair now = pair(standing);
        boolean moved = !now.equals(before);
        assertThat(stored == null ? whole() : stored).as(kill.toString()).isIn(before, now);
        if (kill.answerIsDurable()) {
            assertThat(moved).as(kill.toString()).isTrue();
        }
        if (!kill.answerMayBeDurable()) {
            assertThat(moved).as(kill.toString()).isFalse();
        }
        List<Renewal> renewals = playground.renewalsSince(mark);
        assertThat(renewals.size()).as(kill.toString()).isLessThanOrEqualTo(1);
        if (moved) {
            assertThat(granted(mark)).as(kill.toString()).containsExactly(before.refresh());
            assertThat(now.access()).as(kill.toString()).isNotEqualTo(before.access());
            assertThat(now.refresh().equals(before.refresh()))
                    .as(kill.toString())
                    .isNotEqualTo(kind.isReplaced());
        }
        if (!renewals.isEmpty() && !moved) {
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
            assertThat(door.sessions()).containsExactly(kind.session());
            Session opened = door.session(kind.session());
            try {
                opened.renewNow();
            } catch (LoginRequired e) {
                requireDead(opened, e);
                return false;
            }
            Secret token = opened.token().value();
            assertThat(playground.accepts(token)).as(kills.toString()).isTrue();
            Standing standing = opened.standing();
            assertThat(standing.inDoubt()).isNull();
            assertThat(standing.dead()).isEmpty();
            assertThat(whole()).isEqualTo(pair(standing));
            assertThat(remains.unfinished()).as(kills.toString()).isEmpty();
            return true;
        }
    }

    /** It says why, keeps saying so without asking again, and keeps the record. */
    private void requireDead(Session dead, LoginRequired said) {
        assertThat(said.code()).isEqualTo("refresh_token_refused");
        assertThat(said).hasMessageContaining("invalid_grant");
        assertThat(dead.standing().dead().get(kind.resourceServer())).contains("invalid_grant");
        assertThat(dead.standing().records()).containsKey(kind.resourceServer());
        int asked = playground.renewals();
        assertThat(refusal(dead)).isEqualTo("refresh_token_refused");
        assertThat(playground.renewals()).isEqualTo(asked);
    }

    private static @Nullable String refusal(Session dead) {
        try {
            dead.renewNow();
            return null;
        } catch (LoginRequired e) {
            return e.code();
        }
    }

    private Set<String> granted(long mark) {
        return playground.renewalsSince(mark).stream()
                .filter(Renewal::isGranted)
                .map(Renewal::shown)
                .collect(Collectors.toSet());
    }

    private void logIn() {
        try (Evergrant door = door()) {
            door.keep(kind.session(), playground.login(LIFETIME), false);
        }
    }

    private Standing standing() {
        try (Evergrant door = door()) {
            return door.session(kind.session()).standing();
        }
    }

    /** By what a renewal would be asked for now. */
    private Pair known() {
        return pair(standing());
    }

    private Pair pair(Standing standing) {
        Pair pair = Pair.of(standing, kind.resourceServer());
        assertThat(pair.refresh()).isNotEmpty();
        return pair;
    }

    /** Temporary files of dead processes go at a later save, once they are old. */
    private void tidy() throws Exception {
        List<Path> left = remains.temporaryFiles();
        tally.leftOvers(left.size());
        for (Path each : left) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
        try (Evergrant door = door()) {
            door.session(kind.session()).renewNow();
        }
        assertThat(remains.temporaryFiles()).isEmpty();
    }

    @Override
    public void close() {
        rehearsed.close();
        playground.close();
    }
}
