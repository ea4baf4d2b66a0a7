package io.github.evergrant.providers.agave;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.token.Secret;
import java.util.Objects;

/**
 * A client that was just created: the only time that its secret is told.
 *
 * @param name by which its owner knows it
 * @param key the client id
 * @param secret the client secret, which the text form does not show
 */
public record CreatedClient(String name, String key, Secret secret) {

    public CreatedClient {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(secret, "secret");
    }

    /** As logins take it. */
    public Client client() {
        return Client.confidentialUnencoded(key, secret);
    }
}
