package io.github.evergrant.sandbox.token;

import org.jspecify.annotations.Nullable;

/**
 * A client registration.
 *
 * @param id the client id
 * @param secret the client secret; absent for a public client
 * @param name what the authorize page calls it
 */
public record Client(String id, @Nullable String secret, String name) {

    /** Whether this client has no secret. */
    public boolean isPublic() {
        return secret == null;
    }
}
