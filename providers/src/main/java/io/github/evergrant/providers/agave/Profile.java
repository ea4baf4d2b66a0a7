package io.github.evergrant.providers.agave;

import java.util.Objects;

/**
 * Who somebody is, as a tenant knows them. Texts are cleaned, and possibly empty but for the username.
 *
 * @param username by which they log in
 */
public record Profile(String username, String fullName, String email) {

    public Profile {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(email, "email");
    }
}
