package io.github.evergrant.sandbox.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** The S256 method of RFC 7636. */
public final class Pkce {

    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9~_.-]{43,128}");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Pkce() {}

    /** Whether this can be a challenge made with S256. */
    public static boolean isChallenge(String challenge) {
        return CHALLENGE.matcher(challenge).matches();
    }

    /** Whether that challenge was made from this verifier. */
    public static boolean matches(String verifier, String challenge) {
        byte[] hash = Digest.of("SHA-256", verifier.getBytes(StandardCharsets.US_ASCII));
        return VERIFIER.matcher(verifier).matches()
                && Base64.getUrlEncoder().withoutPadding().encodeToString(hash).equals(challenge);
    }
}
