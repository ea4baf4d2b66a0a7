package io.github.evergrant.oauth;

import io.github.evergrant.token.Secret;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth client registration.
 *
 * @param id the client id
 * @param secret the client secret; null for a public client
 * @param authentication how the client proves itself
 */
public record Client(String id, @Nullable Secret secret, ClientAuthentication authentication) {

    public Client {
        Objects.requireNonNull(id, "id");
        if ((secret == null) != (authentication == ClientAuthentication.NONE)) {
            throw new IllegalArgumentException("a client has a secret exactly when it authenticates with one");
        }
    }

    /** A public client: a native app, a script, a browser app. */
    public static Client open(String id) {
        return new Client(id, null, ClientAuthentication.NONE);
    }

    /** A confidential client that authenticates with HTTP Basic. */
    public static Client confidential(String id, Secret secret) {
        return new Client(id, secret, ClientAuthentication.BASIC);
    }

    /** What a server may quote of a request: these secrets, and the client's own. */
    public Secret[] blotting(Secret... sent) {
        Secret own = secret;
        if (own == null) {
            return sent;
        }
        Secret[] all = Arrays.copyOf(sent, sent.length + 1);
        all[sent.length] = own;
        return all;
    }

    /** A confidential client whose id and secret go into Basic as they are, as servers want that do not decode them. */
    public static Client confidentialUnencoded(String id, Secret secret) {
        return new Client(id, secret, ClientAuthentication.BASIC_UNENCODED);
    }

    /** A confidential client that signs assertions with its secret, and never sends it ({@code client_secret_jwt}). */
    public static Client signing(String id, Secret secret) {
        return new Client(id, secret, ClientAuthentication.CLIENT_SECRET_JWT);
    }
}
