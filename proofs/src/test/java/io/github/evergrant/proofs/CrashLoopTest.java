package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.proofs.Crossing.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewing processes are killed everywhere, and whoever comes after them has the session. */
@Tag("counted")
final class CrashLoopTest {

    private static final List<String> SCHEMES = List.of("json", "sqlite");
    private static final List<Duration> GRACES = List.of(Duration.ofSeconds(10), Duration.ZERO);

    @TempDir
    private Path folder;

    @Test
    void a_session_survives_its_process_wherever_that_is_killed() throws Exception {
        Counted counted = new Counted("crash");
        CrashTally tally = new CrashTally();
        int points = Counted.times(5, 54);
        int offset = counted.random(-1).nextInt(100);
        int runs = 0;
        for (String scheme : SCHEMES) {
            for (Duration grace : GRACES) {
                Path own = Files.createDirectory(folder.resolve(Integer.toString(runs)));
                try (CrashRun run = new CrashRun(own, scheme, grace, counted.random(runs), tally)) {
                    run.run(points, runs, offset);
                }
                runs++;
            }
        }
        counted.says(tally.toString());
        assertThat(tally.kills()).isGreaterThanOrEqualTo(runs * points);
        if (points > Phase.values().length) {
            assertThat(Phase.values())
                    .allSatisfy(phase -> assertThat(tally.in(phase)).isPositive());
        }
    }
}
