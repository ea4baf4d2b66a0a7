package io.github.evergrant.renewal;

import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of asking for a successor. */
public sealed interface Outcome {

    /** A successor. */
    record Granted(TokenResponse response) implements Outcome {}

    /**
     * The server said no.
     *
     * @param code the server's error code (RFC 6749 section 5.2), {@code invalid_grant} when the token itself is refused,
     *     {@link Standing#INTERACTION_REQUIRED} when only a person goes on from here
     * @param text the server's words, cut and cleaned, or empty
     */
    record Refused(String code, String text) implements Outcome {}

    /** The server no longer knows the client that obtained the token, and with it the token has ended. */
    record ClientGone() implements Outcome {}

    /**
     * The request may have arrived, and no readable answer came: the server may have acted on it.
     *
     * @param why in words, without values
     */
    record Unanswered(String why) implements Outcome {}

    /**
     * There was no way to the server: nothing has left.
     *
     * @param why in words, without values
     */
    record Unreached(String why) implements Outcome {}

    /**
     * The server says that it does not work at the moment. It may have acted all the same, if what says so stands before it.
     *
     * @param why in words, without values
     * @param retryAt when the server asked to be asked again, or null
     */
    record Unavailable(String why, @Nullable Instant retryAt) implements Outcome {}
}
