package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.proofs.Crossing.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewing processes are killed everywhere, and whoever comes after them has the session. */
@Tag("counted")
final class CrashLoopTest {

    private static final List<Duration> GRACES = List.of(Duration.ofSeconds(10), Duration.ZERO);

    @TempDir
    private Path folder;

    @Test
    void a_session_survives_its_process_wherever_that_is_killed() throws Exception {
        Counted counted = new Counted("crash");
        for (StorageKind kind : StorageKind.chosen()) {
            CrashTally tally = new CrashTally();
            int gaps = kind.replacedBeforeTheLast(folder).size();
            int aims = Phase.values().length + gaps;
            // In short each aim once, at the one grace or at the other.
            int points = Counted.times(aims / GRACES.size(), gaps == 0 ? 54 : 104);
            // Storages begin apart, so that one meets at the one grace what another one meets at the other.
            int place = List.of(StorageKind.values()).indexOf(kind);
            int offset = counted.random(-1).nextInt(100) + place * Phase.values().length / 2;
            for (Duration grace : GRACES) {
                Path own = Files.createDirectory(folder.resolve(kind + "-" + grace.toSeconds()));
                int number = GRACES.indexOf(grace);
                RandomGenerator random = counted.random(place * GRACES.size() + number);
                try (CrashRun run = new CrashRun(own, kind, grace, random, tally)) {
                    // The one run goes on where the other one has ended, with the phases and with their crossings.
                    run.run(points, offset + number * points, offset + number * (points / aims / 2 + 1));
                }
            }
            counted.says(kind + ": " + tally);
            assertThat(tally.kills()).isGreaterThanOrEqualTo(GRACES.size() * points);
            if (points > aims) {
                assertThat(Phase.values())
                        .allSatisfy(phase -> assertThat(tally.in(phase)).isPositive());
                assertThat(tally.places()).isGreaterThanOrEqualTo(gaps);
            }
        }
    }
}
