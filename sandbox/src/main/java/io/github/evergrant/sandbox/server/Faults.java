package io.github.evergrant.sandbox.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The fault rules in force. Safe for all threads. */
final class Faults {

    private volatile List<Armed> rules = List.of();

    /** Replaces all rules; their counting starts now. */
    void set(List<FaultRule> wanted) {
        rules = wanted.stream().map(rule -> new Armed(rule, new AtomicLong())).toList();
    }

    /** The first rule that applies to this request. Every rule that matches counts it, applied or not. */
    @Nullable
    FaultRule take(String dialect, String kind) {
        FaultRule taken = null;
        for (Armed armed : rules) {
            if (armed.rule().matches(dialect, kind)) {
                boolean applies = armed.rule().appliesTo(armed.seen().incrementAndGet());
                taken = applies && taken == null ? armed.rule() : taken;
            }
        }
        return taken;
    }

    private record Armed(FaultRule rule, AtomicLong seen) {}
}
