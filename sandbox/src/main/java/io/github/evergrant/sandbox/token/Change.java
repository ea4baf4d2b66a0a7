package io.github.evergrant.sandbox.token;

/** An oddity of real servers that a fault rule asks for: the work is done, the answer is unusual. */
public enum Change {
    /** The previous access token is given again, with the seconds it has left; a refresh token still rotates. */
    SAME_TOKEN_AGAIN,
    /** No refresh token is told, and the one the client holds stays good. */
    NO_REFRESH_TOKEN,
    /** The answer does not say how long the access token lives. */
    NO_EXPIRES_IN
}
