package io.github.evergrant.sandbox.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the rules sent to {@code /_sandbox/faults}. */
final class FaultReader {

    private static final long LONGEST_MS = 600_000;

    private final Set<String> dialects;

    FaultReader(Set<String> dialects) {
        this.dialects = dialects;
    }

    List<FaultRule> read(JsonNode json) {
        if (!json.isArray()) {
            throw Refusal.badRequest("an array of rules was expected");
        }
        List<FaultRule> rules = new ArrayList<>();
        for (JsonNode rule : json) {
            rules.add(rule(new Fields(rule)));
        }
        return rules;
    }

    private FaultRule rule(Fields fields) {
        String name = fields.text("do");
        boolean dropAfter = "drop-after".equals(name);
        FaultAction action = FaultAction.named(dropAfter ? "drop" : name == null ? "" : name)
                .orElseThrow(() -> Refusal.badRequest("do must be one of " + FaultAction.names()));
        long status = fields.number("status", 200, 599, action == FaultAction.STATUS ? 0 : 200);
        if (status == 0) {
            throw Refusal.badRequest("status is missing");
        }
        boolean needsTime = action == FaultAction.DELAY || action == FaultAction.SLOW_DRIP;
        Map<String, String> headers = new LinkedHashMap<>(fields.headers("headers"));
        FaultRule rule = new FaultRule(
                dialect(fields.text("dialect")),
                anything(fields.text("kind")),
                fields.number("nth", 1, Long.MAX_VALUE, 1),
                fields.number("times", 1, Long.MAX_VALUE, 1),
                action,
                fields.flag("after", false) || dropAfter,
                (int) status,
                headers,
                body(fields.any("body"), headers),
                Duration.ofMillis(fields.number("ms", 0, LONGEST_MS, needsTime ? 1000 : 0)));
        fields.done();
        return rule;
    }

    private @Nullable String dialect(@Nullable String name) {
        String wanted = anything(name);
        if (wanted != null && !dialects.contains(wanted)) {
            throw Refusal.badRequest("dialect must be one of " + String.join(", ", dialects));
        }
        return wanted;
    }

    private static @Nullable String anything(@Nullable String name) {
        return "*".equals(name) ? null : name;
    }

    /** A string goes out as it is, anything else as JSON. */
    private static String body(@Nullable JsonNode body, Map<String, String> headers) {
        boolean typed = headers.keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
        if (body == null) {
            return "";
        }
        if (!typed) {
            headers.put("Content-Type", body.isString() ? "text/plain; charset=utf-8" : "application/json");
        }
        return body.isString() ? body.stringValue() : body.toString();
    }
}
