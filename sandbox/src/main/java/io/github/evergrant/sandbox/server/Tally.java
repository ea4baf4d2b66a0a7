package io.github.evergrant.sandbox.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.node.ObjectNode;

/** The counters of one dialect. Safe for all threads. */
final class Tally {

    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, Integer> refreshing = new ConcurrentHashMap<>();
    private final LongAccumulator mostRefreshing = new LongAccumulator(Math::max, 0);

    void arrived(Call call) {
        requests.computeIfAbsent(call.kind(), key -> new LongAdder()).increment();
        String token = call.refreshToken();
        if (token != null) {
            mostRefreshing.accumulate(refreshing.merge(token, 1, Integer::sum));
        }
    }

    void refused(Call call) {
        refused.computeIfAbsent(call.kind(), key -> new LongAdder()).increment();
    }

    void answered(Call call) {
        String token = call.refreshToken();
        if (token != null) {
            refreshing.computeIfPresent(token, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    void clear() {
        requests.clear();
        refused.clear();
        mostRefreshing.reset();
    }

    ObjectNode json(Dialect dialect) {
        ObjectNode json = Json.object();
        json.set("requests", counts(requests));
        json.set("refused", counts(refused));
        json.put("reuses", dialect.tokens().reuses());
        json.put("families_revoked", dialect.tokens().familiesRevoked());
        json.put("max_concurrent_refreshes", mostRefreshing.get());
        return json;
    }

    private static ObjectNode counts(Map<String, LongAdder> counters) {
        ObjectNode json = Json.object();
        new TreeMap<>(counters).forEach((kind, count) -> json.put(kind, count.sum()));
        return json;
    }
}
