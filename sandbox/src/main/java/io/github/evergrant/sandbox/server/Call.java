package io.github.evergrant.sandbox.server;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks for.
 *
 * @param kind the request's kind, see {@link RequestKind}
 * @param refreshToken the refresh token it uses, for counting concurrent uses; absent when it uses none
 * @param work what answers it
 */
public record Call(String kind, @Nullable String refreshToken, Work work) {

    /** A call that uses no refresh token. */
    public Call(String kind, Work work) {
        this(kind, null, work);
    }

    /** Answers one request; may throw {@link Refusal}. */
    @FunctionalInterface
    public interface Work {
        Reply run(Request request);
    }
}
