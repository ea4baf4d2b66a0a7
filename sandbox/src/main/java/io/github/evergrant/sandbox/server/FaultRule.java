package io.github.evergrant.sandbox.server;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was asked for.
 *
 * @param dialect the dialect it is for; absent for all
 * @param kind the request kind it is for; absent for all
 * @param nth the first matching request it applies to, counted from 1 since the rule was set
 * @param times to how many matching requests it applies from there on
 * @param action what it does
 * @param after whether the work is done first, so that only its answer suffers
 * @param status the status to answer with
 * @param headers headers to answer with
 * @param body the body for {@code status}
 * @param time how long to wait first, or for {@code slow-drip} how long to drip
 */
record FaultRule(
        @Nullable String dialect,
        @Nullable String kind,
        long nth,
        long times,
        FaultAction action,
        boolean after,
        int status,
        Map<String, String> headers,
        String body,
        Duration time) {

    boolean matches(String requestDialect, String requestKind) {
        return (dialect == null || dialect.equals(requestDialect)) && (kind == null || kind.equals(requestKind));
    }

    /** Whether it applies to the matching request of that number. */
    boolean appliesTo(long number) {
        return number >= nth && number - nth < times;
    }
}
