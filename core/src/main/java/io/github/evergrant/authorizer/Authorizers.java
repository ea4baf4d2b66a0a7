package io.github.evergrant.authorizer;

import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Authorizers that always send the same. */
public final class Authorizers {

    private Authorizers() {}

    /** Sends no {@code Authorization} header. */
    public static Authorizer none() {
        return new Fixed(null);
    }

    /** Sends one bearer token for ever (RFC 6750). */
    public static Authorizer bearer(Secret token) {
        return new Fixed(Secret.of("Bearer " + token.reveal()));
    }

    /** Sends a name and a password (RFC 7617, UTF-8). */
    public static Authorizer basic(String username, Secret password) {
        byte[] pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return new Fixed(Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    private record Fixed(@Nullable Secret value) implements Authorizer {

        @Override
        public @Nullable String header() {
            return value == null ? null : value.reveal();
        }

        @Override
        public boolean renewAfterRefusal(String refused) {
            return false;
        }
    }
}
