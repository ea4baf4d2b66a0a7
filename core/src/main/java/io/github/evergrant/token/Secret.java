package io.github.evergrant.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A text that must not be shown: a token, a password, a client secret.
 *
 * <p>It prints as its first eight hexadecimal digits of SHA-256. Equality takes constant time for texts of one
 * length. Immutable.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The clear text. Every call is a place to review; {@code git grep 'reveal()'} lists them all. */
    public String reveal() {
        return text;
    }

    /** The first eight hexadecimal digits of the text's SHA-256: enough to tell two secrets apart in a log. */
    public String prefix() {
        return Sha256.hex(text).substring(0, 8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[" + prefix() + "…]";
    }
}
