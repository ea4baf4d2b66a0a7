package io.github.evergrant.login;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenResponse;
import java.util.Objects;

/**
 * A finished login: what a session is made of.
 *
 * @param provider with whom
 * @param client which client obtained the tokens; only it can renew them
 * @param account who logged in
 * @param response the tokens
 * @param kind how successors are fetched
 * @param scopes what was asked for; what was granted stands in the token data
 */
public record LoginResult(
        ProviderData provider, Client client, Account account, TokenResponse response, Kind kind, Scopes scopes) {

    /** How successors are fetched. */
    public enum Kind {
        /** By refresh token; without one a session ends with its access token. */
        REFRESH_TOKEN,
        /** By the client's own credentials (RFC 6749 section 4.4). */
        CLIENT_CREDENTIALS
    }

    public LoginResult {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(response, "response");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(scopes, "scopes");
    }

    /** Who signed in with whom, for people. */
    public String sentence() {
        String who = account.username();
        return "Signed in to " + provider.title() + (who == null ? "" : " as " + who) + ".";
    }

    public LoginResult withAccount(Account other) {
        return new LoginResult(provider, client, other, response, kind, scopes);
    }

    public LoginResult withScopes(Scopes other) {
        return new LoginResult(provider, client, account, response, kind, other);
    }
}
