package io.github.evergrant.proofs;

import io.github.evergrant.proofs.Crossing.Phase;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of processes that were killed, in numbers. For one thread. */
final class CrashTally {

    private final Map<Phase, Integer> byPhase = new EnumMap<>(Phase.class);
    private final Map<String, Integer> byStorage = new LinkedHashMap<>();
    private final Map<String, int[]> byGrace = new LinkedHashMap<>();
    private int insideWork;
    private int heirs;
    private int late;
    private int sentAgain;
    private int stores;
    private int halfDone;
    private int leftOvers;

    /** @param heir whether it was renewing what another killed process had left */
    void killed(Kill kill, String storage, boolean heir) {
        byPhase.merge(kill.last().phase(), 1, Integer::sum);
        byStorage.merge(storage, 1, Integer::sum);
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
     * @param halfDone whether a transaction had been cut off in it
     */
    void left(boolean halfDone) {
        stores++;
        this.halfDone += halfDone ? 1 : 0;
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
        return kills() + " kill points (" + counts(byPhase) + "), " + counts(byStorage) + "; " + insideWork
                + " in the middle of a write or a request, " + heirs + " of a killed process's heir; "
                + byGrace.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue()[1] + " sessions lost in "
                                + each.getValue()[0] + " kills")
                        .collect(Collectors.joining(", "))
                + ", all in the window; " + sentAgain + " sent again within grace"
                + (late == 0 ? "" : ", " + late + " heirs too late for it") + "; " + stores
                + " stores and journals read, 0 corrupt; " + halfDone + " half transactions and " + leftOvers
                + " temporary files put away";
    }

    private static String counts(Map<?, Integer> numbers) {
        return numbers.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
