package io.github.evergrant.sandbox.server;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a sandbox knows besides its tokens: its dialects, the log, the counters and the faults. */
final class Ledger {

    final RequestLog log;
    final Faults faults = new Faults();
    final Map<String, Dialect> dialects = new LinkedHashMap<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    Ledger(List<Dialect> dialects, InstantSource clock) {
        log = new RequestLog(clock);
        for (Dialect dialect : dialects) {
            this.dialects.put(dialect.name(), dialect);
            tallies.put(dialect.name(), new Tally());
        }
    }

    Tally tally(Dialect dialect) {
        return Objects.requireNonNull(tallies.get(dialect.name()));
    }

    /** The dialect that name stands for; refuses a name there is none of. */
    Dialect dialect(@Nullable String name) {
        Dialect dialect = name == null ? null : dialects.get(name);
        if (dialect == null) {
            throw Refusal.badRequest("dialect must be one of " + String.join(", ", dialects.keySet()));
        }
        return dialect;
    }

    void clear() {
        faults.set(List.of());
        log.clear();
        dialects.values().forEach(Dialect::clear);
        tallies.values().forEach(Tally::clear);
    }
}
