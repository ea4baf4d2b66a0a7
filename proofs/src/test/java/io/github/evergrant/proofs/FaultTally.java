package io.github.evergrant.proofs;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What all lanes together have seen. */
final class FaultTally {

    private final Map<String, LongAdder> faults = new ConcurrentHashMap<>();

    /** Sessions that were logged in. */
    final LongAdder sessions = new LongAdder();

    /** Renewals that ended with a token the server takes. */
    final LongAdder renewals = new LongAdder();

    /** Sessions that were ended at the provider, by their user or because a used token was seen there. */
    final LongAdder revoked = new LongAdder();

    /** How many of these ended in a demand for a login. */
    final LongAdder noticed = new LongAdder();

    /** Sessions that needed a login and had not been ended. */
    final LongAdder lost = new LongAdder();

    /** How many of these had an answer that nobody could read. */
    final LongAdder unread = new LongAdder();

    /** Writes that failed. */
    final LongAdder failedWrites = new LongAdder();

    void hit(FaultKind kind) {
        faults.computeIfAbsent(kind.name(), key -> new LongAdder()).increment();
    }

    long hits() {
        return faults.values().stream().mapToLong(LongAdder::sum).sum();
    }

    String kinds() {
        return new TreeMap<>(faults)
                .entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue().sum())
                        .collect(Collectors.joining(", "));
    }
}
