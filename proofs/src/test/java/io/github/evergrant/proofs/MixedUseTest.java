package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four writers and four readers on one store, all of them processes; alone, and with Python programs among them. */
@Tag("counted")
final class MixedUseTest {

    private static final int WRITERS = 4;
    private static final int READERS = 4;

    /** As the measurements of the Python library have it. */
    private static final int PACE_MILLIS = 5;

    /** Three of them at the former pace would rewrite a JSON file all the time, and nobody else could. */
    private static final int CROWD_PACE_MILLIS = 50;

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final SandboxHand hand = new SandboxHand(sandbox.base(), InstantSource.system(), Duration.ZERO);
    private final List<ForkedJvm> writers = new ArrayList<>();
    private final List<ForkedJvm> readers = new ArrayList<>();
    private final List<ForeignProgram> foreign = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        foreign.forEach(ForeignProgram::close);
        writers.forEach(ForkedJvm::close);
        readers.forEach(ForkedJvm::close);
        sandbox.close();
    }

    /** What all processes together have seen. */
    private static final class Sum {
        int operations;
        int lost;
        int undone;
        int stale;
        int waited;
        int reads;
        int slowest;
        int healed;
        final List<String> failures = new ArrayList<>();
        final List<String> failedReads = new ArrayList<>();

        void wrote(String line) {
            String[] words = line.split(" ", 6);
            assertThat(words[0]).as(line).isEqualTo("wrote");
            lost += Integer.parseInt(words[1]);
            undone += Integer.parseInt(words[2]);
            stale += Integer.parseInt(words[3]);
            waited += Integer.parseInt(words[4]);
            if (!words[5].equals("[]")) {
                failures.add(words[5]);
            }
        }

        void read(String line) {
            String[] words = line.split(" ", 4);
            assertThat(words[0]).as(line).isEqualTo("read");
            reads += Integer.parseInt(words[1]);
            slowest = Math.max(slowest, Integer.parseInt(words[2]));
            if (!words[3].equals("[]")) {
                failedReads.add(words[3]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void nothing_is_lost_among_our_own(String kind) throws IOException {
        Counted counted = new Counted("MixedUse " + kind);
        Sum sum = run(kind, Counted.times(20, 500), true, 0, PACE_MILLIS);
        counted.says(ours(sum));
        assertNothingOfOursLost(sum);
        assertThat(sum.undone).isZero();
        assertThat(sum.waited).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void what_a_python_program_among_us_undoes_is_healed(String kind) throws IOException {
        Counted counted = new Counted("MixedUse " + kind + " and Python");
        // On a database nothing is undone, so bare records may be stored beside.
        Sum sum = run(kind, Counted.times(15, 500), kind.equals("sqlite"), 1, PACE_MILLIS);
        ForeignProgram.Result theirs = foreign.get(0).result();
        counted.says(ours(sum) + "; Python: " + theirs.words());
        assertNothingOfOursLost(sum);
        // Nobody else rewrites its entries in place, so whatever it lost it would have lost to our rename.
        assertThat(theirs.lost()).isZero();
        if (kind.equals("sqlite")) {
            assertThat(sum.undone + theirs.hidden() + theirs.failed()).isZero();
        }
    }

    /**
     * Each rewrites what it loaded earlier, so they lose entries of one another; they write in turn, since otherwise the
     * file is soon broken for all.
     */
    @Test
    void a_crowd_of_python_programs_on_a_json_file_loses_nothing_to_us() throws IOException {
        Counted counted = new Counted("MixedUse json and 3 Pythons");
        Sum sum = run("json", Counted.times(8, 300), false, 3, CROWD_PACE_MILLIS);
        ForeignProgram.Result theirs = foreign.stream()
                .map(ForeignProgram::result)
                .reduce(ForeignProgram.Result::plus)
                .orElseThrow();
        counted.says(ours(sum) + "; 3 Pythons: " + theirs.words() + ", " + theirs.lostOfReplaced()
                + " of them written while the file was replaced");
        assertNothingOfOursLost(sum);
    }

    @Test
    void a_crowd_of_python_programs_on_a_database_loses_nothing() throws IOException {
        Counted counted = new Counted("MixedUse sqlite and 3 Pythons");
        Sum sum = run("sqlite", Counted.times(8, 300), true, 3, PACE_MILLIS);
        int stored = 0;
        int lost = 0;
        for (ForeignProgram each : foreign) {
            ForeignProgram.Result theirs = each.result();
            stored += theirs.stored();
            lost += theirs.lost() + theirs.hidden();
        }
        counted.says(ours(sum) + "; 3 Pythons stored " + stored + ", " + lost + " lost");
        assertNothingOfOursLost(sum);
        assertThat(sum.undone + lost).isZero();
    }

    private String ours(Sum sum) {
        return sum.operations + " stores and renewals by " + WRITERS + " processes: " + sum.lost + " lost, "
                + sum.undone
                + " undone and " + sum.healed + " of " + (WRITERS + 1) + " sessions healed, " + sum.waited
                + " saves put off; " + sum.reads + " reads by " + READERS + " processes: "
                + sum.failedReads.size() + " failed, slowest " + sum.slowest + " ms";
    }

    private void assertNothingOfOursLost(Sum sum) {
        assertThat(sum.failedReads).isEmpty();
        assertThat(sum.failures).isEmpty();
        assertThat(sum.lost).isZero();
        assertThat(sum.stale).isZero();
        assertThat(sum.healed).isEqualTo(WRITERS + 1);
        assertThat(hand.stat("reuses")).isZero();
        assertThat(hand.stat("families_revoked")).isZero();
    }

    private Sum run(String kind, int each, boolean bare, int pythons, int paceMillis) throws IOException {
        Path store = folder.resolve("sessions." + kind);
        String address = kind + ":" + store;
        try (Evergrant door = Evergrant.open(address)) {
            door.keep(MixedProgram.SHARED, hand.login(false), false);
        }
        Sum sum = new Sum();
        sum.operations = WRITERS * each;
        start(writers, WRITERS, address, "writer");
        start(readers, READERS, address, "reader");
        writers.forEach(writer -> assertThat(writer.ask("login")).isEqualTo("done"));
        for (int i = 0; i < pythons; i++) {
            foreign.add(new ForeignProgram(kind, store, "python" + i, paceMillis));
        }
        readers.forEach(reader -> assertThat(reader.ask("read")).isEqualTo("reading"));
        foreign.forEach(ForeignProgram::go);
        writers.forEach(writer -> writer.say("write " + each + " " + bare));
        writers.forEach(writer -> sum.wrote(last(writer)));
        foreign.forEach(ForeignProgram::stop);
        readers.forEach(reader -> sum.read(String.valueOf(reader.ask("stop"))));
        for (ForkedJvm writer : writers) {
            sum.healed += "healed true true".equals(writer.ask("heal")) ? 1 : 0;
        }
        try (Evergrant door = Evergrant.open(address)) {
            door.session(MixedProgram.SHARED).renewNow();
            sum.healed += hand.isGood(door.storage()
                            .read(MixedProgram.SHARED, SandboxHand.GROUPS)
                            .orElseThrow()
                            .accessToken())
                    ? 1
                    : 0;
        }
        return sum;
    }

    private void start(List<ForkedJvm> all, int count, String address, String name) {
        for (int i = 0; i < count; i++) {
            all.add(ForkedJvm.start(MixedProgram.class, address, sandbox.base().toString(), name + i));
        }
        all.forEach(one -> assertThat(one.hear()).isEqualTo("ready"));
    }

    private static String last(ForkedJvm writer) {
        String line = Objects.requireNonNull(writer.hear());
        while (line.startsWith("at ")) {
            line = Objects.requireNonNull(writer.hear());
        }
        return line;
    }
}
