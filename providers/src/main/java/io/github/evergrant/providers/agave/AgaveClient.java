package io.github.evergrant.providers.agave;

import java.util.Objects;

/**
 * An OAuth client that somebody registered at a tenant.
 *
 * @param name by which its owner knows it; one owner's are all different
 * @param description possibly empty
 * @param key the client id; possibly empty
 */
public record AgaveClient(String name, String description, String key) {

    public AgaveClient {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(key, "key");
    }
}
