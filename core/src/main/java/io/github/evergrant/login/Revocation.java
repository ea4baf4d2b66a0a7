package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;

/** Ends a token at its provider (RFC 7009). A session's tokens are ended by its logout. */
public final class Revocation {

    private Revocation() {}

    /**
     * One request. A token that is unknown, or has ended already, is no failure.
     *
     * @param client to which the token was given
     * @param token an access token or a refresh token; with the latter, many providers end the access tokens that came of it
     * @throws InvalidInput {@code no_revocation} when the provider has no such endpoint
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came; the token may have ended
     */
    public static void of(ProviderData provider, Client client, Secret token, Wire wire) {
        URI endpoint = provider.endpoints().revocation();
        if (endpoint == null) {
            throw new InvalidInput(Problem.of(
                    "no_revocation", provider.title() + " has no way to revoke tokens; they end by themselves"));
        }
        new Answers(provider, wire).success(OAuthRequests.revoke(endpoint, client, token), client.blotting(token));
    }
}
