package io.github.evergrant.providers.globus.auth;

import java.util.Objects;

/**
 * An identity of Globus Auth: somebody, as one organization knows them.
 *
 * @param id a UUID
 * @param username as people know it: {@code ada@example.org}
 * @param status {@code used} when somebody has signed in with it; possibly empty
 * @param name the full name, or empty
 * @param email the address, or empty
 * @param organization where they belong, or empty
 * @param identityProvider who vouches for it, a UUID, or empty
 */
public record Identity(
        String id,
        String username,
        String status,
        String name,
        String email,
        String organization,
        String identityProvider) {

    public Identity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(username, "username");
    }
}
