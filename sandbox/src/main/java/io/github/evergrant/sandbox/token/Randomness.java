package io.github.evergrant.sandbox.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where tokens, codes, ids and keys come from. With a seed the same values come in the same order; without one they
 * cannot be guessed. Safe for all threads, though with a seed only one thread at a time sees a fixed order.
 */
public final class Randomness {

    private final SecureRandom values;
    private final SecureRandom keys;

    public Randomness(OptionalLong seed) {
        values = seed.isPresent() ? seeded(seed.getAsLong(), "values") : new SecureRandom();
        keys = seed.isPresent() ? seeded(seed.getAsLong(), "keys") : new SecureRandom();
    }

    /** A new value nobody can guess, 256 bits behind a prefix that tells a reader what it is. */
    public String opaque(String prefix) {
        byte[] bytes = new byte[32];
        values.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A new random UUID. */
    public String uuid() {
        byte[] bytes = new byte[16];
        values.nextBytes(bytes);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    /** The source for keys, apart from the other one so that making a key late does not shift the tokens. */
    SecureRandom keys() {
        return keys;
    }

    private static SecureRandom seeded(long seed, String purpose) {
        try {
            // The one generator of the JDK that depends on nothing but its seed when seeded before first use.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed((purpose + seed).getBytes(StandardCharsets.UTF_8));
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA1PRNG, which --seed needs", e);
        }
    }
}
