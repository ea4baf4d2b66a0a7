package io.github.evergrant.http;

import java.net.URI;
import java.time.Duration;

/**
 * Sends one request and reads the whole reply.
 *
 * <p>Safe for many threads. Never follows a redirect, never repeats a request that may have arrived and is not a GET.
 */
@FunctionalInterface
public interface HttpSender extends AutoCloseable {

    /** Does beforehand what the first request to an address would take time for. */
    default void prepare(URI to) throws HttpFailure {}

    /**
     * Sends, and waits for the whole reply.
     *
     * @param deadline for everything, from connecting to the last byte of the body
     * @param maxBytes how large a body may be
     * @throws HttpFailure when no whole reply came in time
     * @throws io.github.evergrant.error.InvalidInput when the address is neither HTTPS nor loopback, or a header
     *     cannot be sent
     */
    HttpReply send(HttpCall call, Duration deadline, long maxBytes) throws HttpFailure;

    /** Gives back what it holds; whoever made it does that, or the door it was given to. */
    @Override
    default void close() {}
}
