package io.github.evergrant.login;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import java.util.Map;
import java.util.Objects;

/**
 * What a login is asked for.
 *
 * @param provider with whom
 * @param client by which client
 * @param scopes what to ask for
 * @param pkce whether a code is bound to us by PKCE (RFC 7636)
 * @param parameters further parameters of the authorization request
 */
public record LoginRequest(
        ProviderData provider, Client client, Scopes scopes, boolean pkce, Map<String, String> parameters) {

    /** Asks who somebody is (OpenID Connect Core section 3.1.2.1). */
    public static final Scopes IDENTITY = Scopes.of("openid");

    public LoginRequest {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(scopes, "scopes");
        parameters = Map.copyOf(parameters);
    }

    /**
     * As the provider wants it, for a machine or for tokens that are there already; of a person ask by {@link #ofPerson}.
     *
     * @param scopes what to ask for; none for the provider's default
     */
    public static LoginRequest of(Provider provider, ProviderData data, Client client, Scopes scopes) {
        return new LoginRequest(
                data,
                client,
                scopes.isEmpty() ? data.defaultScopes() : scopes,
                provider.usesPkce(client),
                provider.authorizationParameters());
    }

    /**
     * As the provider wants it, for a person who signs in. Who that is, is asked too ({@code openid}), where the provider's
     * default scopes have it: without that, one account's login could not be told from another's.
     *
     * @param scopes what to ask for; none for the provider's default
     */
    public static LoginRequest ofPerson(Provider provider, ProviderData data, Client client, Scopes scopes) {
        boolean adds = !scopes.isEmpty() && data.defaultScopes().containsAll(IDENTITY);
        return of(provider, data, client, adds ? scopes.plus(IDENTITY) : scopes);
    }

    ReplyRules rules() {
        return new ReplyRules(provider.defaultResourceServer(), provider.defaultLifetime());
    }
}
