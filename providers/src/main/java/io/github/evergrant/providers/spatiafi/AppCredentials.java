package io.github.evergrant.providers.spatiafi;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.token.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client of somebody's own, which is good for ever. Its secret is told once, when it is created.
 *
 * @param userId whose it is, as the service knows them; null when that is not known
 * @param clientId the client id
 * @param clientSecret the client secret, which the text form does not show
 */
public record AppCredentials(@Nullable String userId, String clientId, Secret clientSecret) {

    /** @throws InvalidInput {@code client_id_missing} or {@code client_secret_missing} when one of them is blank */
    public AppCredentials {
        Objects.requireNonNull(clientSecret, "clientSecret");
        if (clientId.isBlank()) {
            throw new InvalidInput(Problem.of("client_id_missing", "the client id of the app credentials is empty"));
        }
        if (clientSecret.reveal().isBlank()) {
            throw new InvalidInput(
                    Problem.of("client_secret_missing", "the client secret of the app credentials is empty"));
        }
    }

    /** As logins take it. */
    public Client client() {
        return Client.signing(clientId, clientSecret);
    }
}
