package io.github.evergrant.login;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;

/** Ends a token at the provider (RFC 7009). */
public final class Revocation {

    private Revocation() {}

    /**
     * A token the provider does not know counts as ended.
     *
     * @param token an access token or a refresh token
     * @return false when the provider has no such endpoint; then nothing was sent
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static boolean revoke(ProviderData provider, Client client, Secret token, Wire wire) {
        URI endpoint = provider.endpoints().revocation();
        if (endpoint == null) {
            return false;
        }
        // RFC 7009 section 2.2: the status says it all, the body is ignored.
        new Answers(provider, wire).success(OAuthRequests.revoke(endpoint, client, token), client.blotting(token));
        return true;
    }
}
