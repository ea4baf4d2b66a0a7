package io.github.evergrant.providers.agave;

import java.util.Objects;

/**
 * An API that a client may use.
 *
 * @param api its name, such as {@code Profiles}
 * @param version of the API, such as {@code v2}
 * @param provider whose it is, such as {@code admin}
 */
public record Subscription(String api, String version, String provider) {

    public Subscription {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(provider, "provider");
    }
}
