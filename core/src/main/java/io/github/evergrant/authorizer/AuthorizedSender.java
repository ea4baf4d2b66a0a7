package io.github.evergrant.authorizer;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
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
     * @throws TemporarilyUnavailable when no whole reply came: {@code api_timeout} in the time there was, {@code
     *     api_unreachable} because of the network, {@code interrupted} because of the caller
     * @throws ProviderRefused {@code reply_too_large} when it is larger than {@link #MOST_BYTES}
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
            throw unanswered(call, e);
        }
    }

    private static EvergrantException unanswered(HttpCall call, HttpFailure failure) {
        String place = call.place();
        return switch (failure.kind()) {
            case TIMED_OUT -> later("api_timeout", place + " did not answer in time", call, failure);
            case BROKEN -> later("api_unreachable", "no answer from " + place, call, failure);
            case INTERRUPTED ->
                new TemporarilyUnavailable(
                        Problem.of("interrupted", "the call of " + place + " was interrupted")
                                .withCause(failure),
                        null);
            case TOO_LARGE ->
                new ProviderRefused(Problem.of(
                                "reply_too_large",
                                "the answer of " + place + " is larger than " + (MOST_BYTES >> 20) + " MiB")
                        .withCause(failure));
        };
    }

    private static TemporarilyUnavailable later(String code, String what, HttpCall call, HttpFailure failure) {
        boolean inDoubt = failure.maybeSent() && !HARMLESS.contains(call.method());
        String message = what + ": " + failure.getMessage()
                + (inDoubt ? "; what was asked for may have been done all the same" : "");
        return new TemporarilyUnavailable(
                Problem.of(code, message)
                        .withAdvice(inDoubt ? "look whether it was done before you try again" : "try again")
                        .withCause(failure),
                null);
    }
}
