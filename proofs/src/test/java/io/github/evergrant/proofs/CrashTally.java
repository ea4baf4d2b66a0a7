package io.github.evergrant.proofs;

import io.github.evergrant.proofs.Crossing.Phase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of processes that were killed while they used one storage, in numbers. For one thread. */
final class CrashTally {

    private final Map<Phase, Integer> byPhase = new EnumMap<>(Phase.class);
    private final Map<String, Integer> unfinished = new TreeMap<>();
    private final Map<String, int[]> byGrace = new LinkedHashMap<>();
    private int insideWork;
    private int heirs;
    private int late;
    private int sentAgain;
    private int stores;
    private int leftOvers;

    /** @param heir whether it was renewing what another killed process had left */
    void killed(Kill kill, boolean heir) {
        byPhase.merge(kill.last().phase(), 1, Integer::sum);
        insideWork += kill.isInsideWork() ? 1 : 0;
        heirs += heir ? 1 : 0;
    }

    /** @param inTime whether the heir was there within the grace */
    void ended(String grace, int kills, boolean lost, boolean inTime) {
        int[] counts = byGrace.computeIfAbsent(grace, key -> new int[2]);
        counts[0] += kills;
        counts[1] += lost ? 1 : 0;
        late += inTime ? 0 : 1;
    }

    void sentAgain() {
        sentAgain++;
    }

    /**
     * A store that will be read.
     *
     * @param places where the save was cut off that was under way, see {@link Remains#unfinished}
     */
    void left(List<String> places) {
        stores++;
        places.forEach(place -> unfinished.merge(place, 1, Integer::sum));
    }

    /** At how many different places a save was cut off. */
    int places() {
        return unfinished.size();
    }

    void leftOvers(int temporaryFiles) {
        leftOvers += temporaryFiles;
    }

    int in(Phase phase) {
        return byPhase.getOrDefault(phase, 0);
    }

    int kills() {
        return byPhase.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return kills() + " kill points (" + counts(byPhase) + "); " + insideWork
                + " in the middle of a write or a request, " + heirs + " of a killed process's heir; "
                + byGrace.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue()[1] + " sessions lost in "
                                + each.getValue()[0] + " kills")
                        .collect(Collectors.joining(", "))
                + ", all in the window; " + sentAgain + " sent again and answered"
                + (late == 0 ? "" : ", " + late + " heirs too late for it") + "; " + stores
                + " stores and journals read, 0 corrupt; "
                + (unfinished.isEmpty() ? "" : "saves cut off " + counts(unfinished) + ", all made whole; ")
                + leftOvers + " temporary files put away";
    }

    private static String counts(Map<?, Integer> numbers) {
        return numbers.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
