package io.github.evergrant.error;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: a stable code, a sentence, the session it concerns, and what to do next.
 *
 * @param code stable across releases, in {@code snake_case}: for tests, metrics and scripts
 * @param message one sentence that says what went wrong and where; never a secret
 * @param advice what to do next, in words; empty when there is nothing to do. The command line adds the exact command
 * @param session the session concerned, or null when none is
 * @param path the file or folder at fault, or null when none is
 * @param cause what led to it, or null
 * @param providerCode what the provider calls it ({@code access_denied}), cleaned, or null when it did not say
 */
public record Problem(
        String code,
        String message,
        String advice,
        @Nullable String session,
        @Nullable Path path,
        @Nullable Throwable cause,
        @Nullable String providerCode) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
    }

    /** A problem with a code and a sentence, to be completed by the {@code with} methods. */
    public static Problem of(String code, String message) {
        return new Problem(code, message, "", null, null, null, null);
    }

    public Problem withAdvice(String next) {
        return new Problem(code, message, next, session, path, cause, providerCode);
    }

    public Problem withSession(@Nullable String name) {
        return new Problem(code, message, advice, name, path, cause, providerCode);
    }

    public Problem withPath(@Nullable Path file) {
        return new Problem(code, message, advice, session, file, cause, providerCode);
    }

    public Problem withCause(@Nullable Throwable reason) {
        return new Problem(code, message, advice, session, path, reason, providerCode);
    }

    public Problem withProviderCode(@Nullable String word) {
        return new Problem(code, message, advice, session, path, cause, word);
    }
}
