package io.github.evergrant.storage;

/**
 * Bytes, or a part of what was made of them, that are not what their format says.
 *
 * <p>The message completes "it cannot be read:" in words, and never holds a value: that may be a token.
 */
public class MalformedDocument extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param why as in {@code "expires_at_seconds is not an integer"} */
    public MalformedDocument(String why) {
        super(why);
    }
}
