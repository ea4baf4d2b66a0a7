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

    /** The type of a token that stands in its header alone, without a word before it. */
    public static final String BARE = "bare";

    public AccessToken {
        Objects.requireNonNull(resourceServer, "resourceServer");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(expiry, "expiry");
    }

    /** The value of the {@code Authorization} header that it goes in: a secret too. */
    public String header() {
        if (type.equals(BARE)) {
            return value.reveal();
        }
        return (type.equalsIgnoreCase("bearer") ? "Bearer" : type) + " " + value.reveal();
    }
}
