package io.github.evergrant.providers.globus.service;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.oauth.Cleaned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client says when there is no answer to give, by what the caller can do about it. */
record Troubles(String title) {

    /** @param lasting whether sending it again never helps; by the status, when nobody knows better */
    EvergrantException refused(ApiError error, boolean lasting, @Nullable Instant retryAt) {
        String message = title + " answered with status " + error.status() + words(error);
        if (lasting) {
            return new ProviderRefused(Problem.of("api_refused", message).withCause(error));
        }
        String advice = retryAt == null ? "try again" : "try again at " + retryAt;
        return new TemporarilyUnavailable(
                Problem.of("api_unavailable", message).withAdvice(advice).withCause(error), retryAt);
    }

    static boolean isLasting(int status) {
        return status != 408 && status != 429 && status < 500;
    }

    EvergrantException unanswered(HttpFailure failure) {
        String words = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case INTERRUPTED -> interrupted();
            case TOO_LARGE ->
                new ProviderRefused(Problem.of("reply_too_large", "no answer from " + title + " can be taken: " + words)
                        .withCause(failure));
            case TIMED_OUT -> unreachable("api_timeout", words, failure);
            case BROKEN -> unreachable("api_unreachable", words, failure);
        };
    }

    private TemporarilyUnavailable unreachable(String code, String words, HttpFailure failure) {
        return new TemporarilyUnavailable(
                Problem.of(code, "no answer from " + title + ": " + words)
                        .withAdvice("try again")
                        .withCause(failure),
                null);
    }

    TemporarilyUnavailable interrupted() {
        return new TemporarilyUnavailable(Problem.of("interrupted", "the call of " + title + " was interrupted"), null);
    }

    /** @param why what is wrong with it, without its content */
    TemporarilyUnavailable unreadable(String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the answer of " + title + " cannot be read: " + why), null);
    }

    ProviderRefused endless(String why) {
        return new ProviderRefused(
                Problem.of("pages_endless", "the pages of " + title + " do not come to an end: " + why));
    }

    private static String words(ApiError error) {
        String code = error.code().orElse("");
        String message = error.message().orElse("");
        if (code.isEmpty() && message.isEmpty()) {
            // Globus Auth's way of RFC 6749; no shape of the APIs.
            code = error.document().text("error").map(Cleaned::text).orElse("");
        }
        String both = code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
        return (both.isEmpty() ? "" : "; " + both)
                + error.requestId().map(id -> " (request " + id + ")").orElse("");
    }
}
