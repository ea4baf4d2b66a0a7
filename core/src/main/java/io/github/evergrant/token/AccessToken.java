package io.github.evergrant.token;

import java.util.Objects;

/**
 * An access token that is good to send now.
 *
 * @param resourceServer the API it is for
 * @param value the token itself
 * @param type how it is put on a request, usually {@code Bearer} (RFC 6750)
 * @param scopes what it allows
 * @param expiry when it ends
 */
public record AccessToken(String resourceServer, Secret value, String type, Scopes scopes, Expiry expiry) {

    public AccessToken {
        Objects.requireNonNull(resourceServer, "resourceServer");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(expiry, "expiry");
    }
}
