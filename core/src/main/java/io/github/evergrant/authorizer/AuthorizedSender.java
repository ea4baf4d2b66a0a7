package io.github.evergrant.authorizer;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends API calls with an authorizer's header and cures a 401 once, for calls that may be repeated.
 *
 * <p>Safe for many threads.
 */
public final class AuthorizedSender implements Function<HttpCall, HttpReply> {

    /** How large an API's reply may be, in bytes. */
    public static final long MOST_BYTES = 64L << 20;

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");

    private final HttpSender http;
    private final Authorizer authorizer;
    private final Duration deadline;
    private final boolean repeatsAll;

    /** @param repeatsAll whether calls that change something are sent again after a 401 as well */
    public AuthorizedSender(HttpSender http, Authorizer authorizer, Duration deadline, boolean repeatsAll) {
        this.http = http;
        this.authorizer = authorizer;
        this.deadline = deadline;
        this.repeatsAll = repeatsAll;
    }

    /**
     * @throws TemporarilyUnavailable {@code api_unreachable} when no whole reply came
     * @throws io.github.evergrant.error.EvergrantException when there is no token to send
     */
    @Override
    public HttpReply apply(HttpCall call) {
        String sent = authorizer.header();
        HttpReply reply = send(call, sent);
        boolean repeatable = repeatsAll || HARMLESS.contains(call.method());
        if (reply.status() == 401 && sent != null && repeatable && authorizer.renewAfterRefusal(sent)) {
            return send(call, authorizer.header());
        }
        return reply;
    }

    private HttpReply send(HttpCall call, @Nullable String header) {
        try {
            return http.send(header == null ? call : call.withHeader("Authorization", header), deadline, MOST_BYTES);
        } catch (HttpFailure e) {
            throw new TemporarilyUnavailable(
                    Problem.of("api_unreachable", "no answer from " + call.place() + ": " + e.getMessage())
                            .withAdvice("try again")
                            .withCause(e),
                    null);
        }
    }
}
