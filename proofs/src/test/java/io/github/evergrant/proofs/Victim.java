package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.testing.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that is ready to renew, and to be killed meanwhile. For one thread.
 *
 * @param beacon shows the number of its latest crossing
 * @param rehearsals the crossings of its renewals elsewhere
 */
record Victim(ForkedJvm process, Beacon beacon, List<List<Crossing>> rehearsals) {

    private static final int SIGKILL = 137;

    /** What a renewal comes to, as the latest rehearsal showed. */
    List<Crossing> renewal() {
        return rehearsals.get(rehearsals.size() - 1);
    }

    /** Lets it come to a crossing and stay there, or to its end if that is sooner. */
    Kill killAt(String whose, int crossing) {
        process.say("renew " + crossing + " " + whose);
        List<Crossing> heard = new ArrayList<>();
        boolean stays = hear(heard, crossing) == null;
        kill();
        if (stays) {
            assertThat(process.hear()).as("after it stayed").isNull();
        }
        return new Kill(heard, false);
    }

    /** Lets it pass a crossing and go on for so long. */
    Kill killAfter(String whose, int crossing, long nanos) {
        beacon.show(-1);
        return killOnceAtWork(whose, () -> beacon.await(crossing, nanos));
    }

    /** Lets it give a file's name to another and go on for so long. */
    Kill killAfter(String whose, Rename rename, long nanos) {
        return killOnceAtWork(whose, () -> rename.await(nanos));
    }

    private Kill killOnceAtWork(String whose, Runnable moment) {
        process.say("renew -1 " + whose);
        moment.run();
        kill();
        List<Crossing> heard = new ArrayList<>();
        boolean ended = hear(heard, -1) != null;
        return new Kill(heard, !ended);
    }

    private void kill() {
        process.kill();
        assertThat(process.end()).isEqualTo(SIGKILL);
    }

    /** @return what it said at its end; null when it stays at the crossing, or will say nothing any more */
    private @Nullable String hear(List<Crossing> heard, int crossing) {
        while (true) {
            String line = process.hear();
            Crossing next = line == null ? null : Crossing.parse(line).orElse(null);
            if (next == null) {
                return line;
            }
            heard.add(next);
            if (next.number() == crossing) {
                return null;
            }
        }
    }

    /** How long it takes from a crossing to the next, in nanoseconds: as in the middle one of its rehearsals. */
    long takes(int crossing) {
        return rehearsals.stream()
                .filter(all -> all.size() > crossing + 1)
                .mapToLong(
                        all -> all.get(crossing + 1).nanos() - all.get(crossing).nanos())
                .sorted()
                .skip(rehearsals.size() / 2)
                .findFirst()
                .orElse(1_000_000);
    }
}
