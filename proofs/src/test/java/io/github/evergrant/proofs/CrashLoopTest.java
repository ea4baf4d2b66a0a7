package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.proofs.Crossing.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewing processes are killed everywhere, and whoever comes after them has the session. */
@Tag("counted")
final class CrashLoopTest {

    @TempDir
    private Path folder;

    private final Counted counted = new Counted("crash");

    /** A session in a storage, at a provider with that grace. */
    private record Trial(Kept kept, Duration grace) {

        static List<Trial> on(StorageKind storage) {
            return Kept.chosen().stream()
                    .filter(kept -> kept.storage() == storage)
                    .flatMap(kept -> kept.session().graces().stream().map(grace -> new Trial(kept, grace)))
                    .toList();
        }
    }

    @Test
    void a_session_survives_its_process_wherever_that_is_killed() throws Exception {
        int start = counted.random(-1).nextInt(100);
        List<StorageKind> storages = List.of(StorageKind.values());
        for (int place = 0; place < storages.size(); place++) {
            // Storages begin apart, so that one meets at the one grace what another one meets at the other.
            kill(storages.get(place), place, start + place * Phase.values().length / 2);
        }
    }

    private void kill(StorageKind storage, int place, int offset) throws Exception {
        List<Trial> trials = Trial.on(storage);
        int gaps = storage.replacedBeforeTheLast(folder).size();
        int aims = Phase.values().length + gaps;
        Map<Kept, CrashTally> tallies = new LinkedHashMap<>();
        Map<Kept, Integer> planned = new LinkedHashMap<>();
        int done = 0;
        for (Trial trial : trials) {
            Kept kept = trial.kept();
            // In short each aim once on each storage, with the one session or grace or with another.
            int points = Counted.times(
                    Math.max(1, aims / trials.size()),
                    (gaps == 0 ? 108 : 208) / kept.session().graces().size());
            int number = trials.indexOf(trial);
            RandomGenerator random = counted.random(place * 10 + number);
            Path own = Files.createDirectory(folder.resolve(storage + "-" + number));
            CrashTally tally = tallies.computeIfAbsent(kept, key -> new CrashTally());
            try (CrashRun run = new CrashRun(own, kept, trial.grace(), random, tally)) {
                // The one run goes on where the other one has ended, with the phases and with their crossings.
                run.run(points, offset + done, offset + number * (points / aims / 2 + 1));
            }
            done += points;
            planned.merge(kept, points, Integer::sum);
        }
        tallies.forEach((kept, tally) -> {
            counted.says(kept + ": " + tally);
            int points = planned.getOrDefault(kept, 0);
            assertThat(tally.kills()).isGreaterThanOrEqualTo(points);
            if (points > aims * kept.session().graces().size()) {
                assertThat(Phase.values())
                        .allSatisfy(phase -> assertThat(tally.in(phase)).isPositive());
                assertThat(tally.places()).isGreaterThanOrEqualTo(gaps);
            }
        });
    }
}
