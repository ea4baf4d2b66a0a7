package io.github.evergrant.bench.subject;

import java.time.Duration;

/** Something that keeps one token good: asked for it as often as a program sends requests. Safe for many threads. */
public interface Subject extends AutoCloseable {

    /** How long a fresh token lives; that none is renewed in advance while it is measured. */
    Duration HOUR = Duration.ofHours(1);

    /**
     * What a program puts on its next request: a token that is good to send now.
     *
     * @throws Exception when there is none
     */
    Object token() throws Exception;

    /** Whether what was given has ended long ago, and is no use on a request. */
    default boolean isEnded(Object token) {
        return false;
    }

    @Override
    default void close() {}
}
