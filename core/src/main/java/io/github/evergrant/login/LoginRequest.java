package io.github.evergrant.login;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.SetUp;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a login is asked for.
 *
 * @param provider with whom
 * @param client by which client; one without an id is one that the person has yet to name
 * @param scopes what to ask for
 * @param pkce whether a code is bound to us by PKCE (RFC 7636)
 * @param parameters further parameters of the authorization request
 * @param setUp how people come by a client of their own at this provider, or null where they need none
 */
public record LoginRequest(
        ProviderData provider,
        Client client,
        Scopes scopes,
        boolean pkce,
        Map<String, String> parameters,
        @Nullable SetUp setUp) {

    /** Asks who somebody is (OpenID Connect Core section 3.1.2.1). */
    public static final Scopes IDENTITY = Scopes.of("openid");

    public LoginRequest {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(scopes, "scopes");
        parameters = Map.copyOf(parameters);
    }

    /** With a provider whose clients are not its users' own. */
    public LoginRequest(
            ProviderData provider, Client client, Scopes scopes, boolean pkce, Map<String, String> parameters) {
        this(provider, client, scopes, pkce, parameters, null);
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
                provider.authorizationParameters(),
                provider.setUp(data).orElse(null));
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

    /** The same, with or without PKCE (RFC 7636), whatever is usual with the provider. */
    public LoginRequest withPkce(boolean used) {
        return new LoginRequest(provider, client, scopes, used, parameters, setUp);
    }

    /** Whether the person has yet to say by which client of theirs. */
    public boolean asksForClient() {
        return setUp != null && client.id().isBlank();
    }

    /**
     * The same by a client of the person's own.
     *
     * @throws IllegalStateException when nobody has clients of their own there
     */
    public LoginRequest by(String id, Secret secret) {
        if (setUp == null) {
            throw new IllegalStateException("nobody has clients of their own at " + provider.title());
        }
        Client own = new Client(id, secret, setUp.authentication());
        return new LoginRequest(provider, own, scopes, pkce, parameters, setUp);
    }

    ReplyRules rules() {
        return new ReplyRules(provider.defaultResourceServer(), provider.defaultLifetime());
    }
}
