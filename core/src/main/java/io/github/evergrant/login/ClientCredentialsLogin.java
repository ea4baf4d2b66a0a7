package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;

/** A login of a machine by its client's own credentials (RFC 6749 section 4.4). */
public final class ClientCredentialsLogin {

    private ClientCredentialsLogin() {}

    /**
     * One request, never repeated.
     *
     * @throws InvalidInput {@code client_secret_missing} when the client is a public one
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult run(LoginRequest request, Wire wire) {
        Secret secret = request.client().secret();
        if (secret == null) {
            throw new InvalidInput(
                    Problem.of("client_secret_missing", "a login by client credentials needs the client's secret"));
        }
        TokenResponse response = new Answers(request.provider(), wire)
                .tokens(
                        OAuthRequests.clientCredentials(
                                request.provider().endpoints().token(), request.client(), request.scopes()),
                        secret);
        return Finish.with(
                request, Finish.withScopes(request, response), LoginResult.Kind.CLIENT_CREDENTIALS, null, wire);
    }
}
