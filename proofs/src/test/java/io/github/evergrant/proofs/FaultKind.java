package io.github.evergrant.proofs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which the sandbox treats a request badly.
 *
 * @param what its word for {@code do}
 * @param request the kind of request it is for
 * @param rule the rest of the rule; {@code DATE} stands for the date that is asked for
 * @param after whether the work is done first
 * @param readable whether the client can read tokens in what it gets
 * @param lasting whether it takes longer than any client waits
 * @param lie whether the server says {@code invalid_grant} of a token that is good
 * @param asksFor what {@code Retry-After} says, or zero
 * @param weight how often it comes, in ten thousand
 */
record FaultKind(
        String what,
        String request,
        String rule,
        boolean after,
        boolean readable,
        boolean lasting,
        boolean lie,
        Duration asksFor,
        int weight) {

    static final String REFRESH = "token.refresh";
    static final String REVOKE = "revoke";

    private static final String NO_GRANT = "\"body\":{\"error\":\"invalid_grant\"}";

    /** What servers, and what stands before them, answer in the place of tokens. */
    private static final List<String> STATUSES = List.of(
            "\"status\":400,\"body\":\"\"",
            "\"status\":400,\"body\":\"<html>Bad Request</html>\",\"headers\":{\"Content-Type\":\"text/html\"}",
            "\"status\":400,\"body\":{\"error\":\"invalid_request\",\"error_description\":\"no\"}",
            "\"status\":400,\"body\":{\"error\":\"temporarily_unavailable\"}",
            "\"status\":400,\"body\":[]",
            "\"status\":401,\"body\":{\"error\":\"invalid_client\"}",
            "\"status\":401,\"body\":\"Unauthorized\"",
            "\"status\":401,\"body\":{\"errors\":[{\"status\":\"401\",\"code\":\"UNKNOWN\",\"detail\":\"?\"}]}",
            "\"status\":403,\"body\":\"<html>Forbidden</html>\"",
            "\"status\":404,\"body\":\"\"",
            "\"status\":408,\"body\":\"\"",
            "\"status\":429,\"body\":{\"error\":\"slow_down\"}",
            "\"status\":500,\"body\":{\"error\":\"server_error\"}",
            "\"status\":502,\"body\":\"<html>Bad Gateway</html>\"",
            "\"status\":503,\"body\":\"\"",
            "\"status\":504,\"body\":\"upstream request timeout\"");

    /** All there are. */
    static List<FaultKind> all() {
        List<FaultKind> all = new ArrayList<>();
        for (boolean after : new boolean[] {false, true}) {
            for (String status : STATUSES) {
                all.add(refresh("status", status, after, 40));
            }
            for (String status : List.of("429", "503")) {
                // What is asked for may be longer than the grace only where nothing was done.
                for (Duration asked : List.of(Duration.ofSeconds(2), Duration.ofSeconds(45))) {
                    if (!after || asked.toSeconds() == 2) {
                        all.add(asking(status, "\"" + asked.toSeconds() + "\"", asked, after));
                        all.add(asking(status, "\"DATE\"", asked, after));
                    }
                }
                all.add(asking(status, "\"soon\"", Duration.ZERO, after));
            }
            all.add(refresh("status", "\"status\":400," + NO_GRANT, after, 60).lying());
            all.add(refresh("status", "\"status\":401," + NO_GRANT, after, 60).lying());
            all.add(refresh("garbage", "\"status\":200", after, 400));
            all.add(refresh("garbage", "\"status\":200,\"headers\":{\"Content-Type\":\"text/plain\"}", after, 100));
            all.add(refresh("truncate", "\"status\":200", after, 500));
            all.add(refresh("huge", "\"status\":200", after, 60));
            all.add(refresh("wrong-content-type", "\"status\":200", after, 400).readableIf(after));
            // Before the work, what drips is a token that was never issued.
            all.add(refresh("slow-drip", "\"ms\":100", after, 60).readableIf(true));
            all.add(refresh("slow-drip", "\"ms\":12000", after, 8).lasts());
            all.add(refresh("delay", "\"ms\":20", after, 300).readableIf(true));
            all.add(refresh("delay", "\"ms\":12000", after, 8).lasts());
        }
        all.add(refresh("drop", "\"status\":200", false, 800));
        all.add(refresh("drop-after", "\"status\":200", true, 1600));
        for (String change : List.of("same-token-again", "no-refresh-token", "no-expires-in")) {
            all.add(refresh(change, "\"status\":200", false, 300).readableIf(true));
        }
        all.add(revoke("status", "\"status\":500"));
        all.add(revoke("status", "\"status\":503,\"headers\":{\"Retry-After\":\"60\"}"));
        all.add(revoke("drop", "\"status\":200"));
        all.add(revoke("drop-after", "\"status\":200"));
        all.add(revoke("garbage", "\"status\":200"));
        all.add(revoke("huge", "\"status\":200"));
        all.add(revoke("delay", "\"ms\":50"));
        return all;
    }

    private static FaultKind refresh(String what, String rule, boolean after, int weight) {
        return new FaultKind(what, REFRESH, rule, after, false, false, false, Duration.ZERO, weight);
    }

    private static FaultKind revoke(String what, String rule) {
        return new FaultKind(what, REVOKE, rule, what.equals("drop-after"), false, false, false, Duration.ZERO, 30);
    }

    private static FaultKind asking(String status, String header, Duration asked, boolean after) {
        String rule = "\"status\":" + status + ",\"body\":\"\",\"headers\":{\"Retry-After\":" + header + "}";
        return new FaultKind("status", REFRESH, rule, after, false, false, false, asked, 30);
    }

    private FaultKind lying() {
        return new FaultKind(what, request, rule, after, readable, lasting, true, asksFor, weight);
    }

    private FaultKind lasts() {
        return new FaultKind(what, request, rule, after, readable, true, lie, asksFor, weight);
    }

    private FaultKind readableIf(boolean read) {
        return new FaultKind(what, request, rule, after, read, lasting, lie, asksFor, weight);
    }

    /** Whether the server acts on the request, now or later, and the client cannot read what it answers. */
    boolean losesTheAnswer() {
        return !readable && (after || (lasting && what.equals("delay")));
    }

    /**
     * Whether it brings a token that was never issued. Nobody can tell before an API refuses it; if it came because of a
     * refusal, a minute passes before the next renewal.
     */
    boolean bringsFalseTokens() {
        return readable && !after && what.equals("slow-drip");
    }

    /** As the sandbox takes it, for one request. */
    String rule(int nth, Instant now) {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plus(asksFor).atOffset(ZoneOffset.UTC));
        return "{\"dialect\":\"globus\",\"kind\":\"" + request + "\",\"nth\":" + nth + ",\"do\":\"" + what
                + "\",\"after\":" + after + "," + rule.replace("DATE", date) + "}";
    }

    /** What the numbers are counted by. */
    String name() {
        String where = request.equals(REVOKE) ? " of a revocation" : "";
        boolean plain = what.equals("drop-after") || !after;
        return what + (lasting ? " of 12 s" : "") + (plain ? "" : " after the work") + where;
    }
}
