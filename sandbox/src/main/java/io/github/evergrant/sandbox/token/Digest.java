package io.github.evergrant.sandbox.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes every Java has. */
public final class Digest {

    private Digest() {}

    /** The hash of these bytes, by an algorithm such as {@code SHA-256}. */
    public static byte[] of(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is required of every Java", e);
        }
    }
}
