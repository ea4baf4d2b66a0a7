package io.github.evergrant.session;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one resource server that a program has in hand, and what renews them.
 *
 * @param provider with whom
 * @param client by which client they were, or will be, obtained
 * @param resourceServer which API they are for
 * @param refreshToken fetches successors; null when the client's own credentials do
 * @param scopes what to ask for with the client's credentials
 * @param accessToken the one in hand, or null: then the first use fetches one
 * @param expiresAt when it ends, or null when that is unknown
 */
public record LooseTokens(
        ProviderData provider,
        Client client,
        String resourceServer,
        @Nullable Secret refreshToken,
        Scopes scopes,
        @Nullable Secret accessToken,
        @Nullable Instant expiresAt) {

    /** @throws InvalidInput {@code expiry_without_token} when there is an end of an access token, and no access token */
    public LooseTokens {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(resourceServer, "resourceServer");
        Objects.requireNonNull(scopes, "scopes");
        if (accessToken == null && expiresAt != null) {
            throw new InvalidInput(
                    Problem.of("expiry_without_token", "there is an end of an access token, and no access token")
                            .withAdvice("give both, or neither"));
        }
    }

    /** Renewed by refresh token. */
    public static LooseTokens ofRefreshToken(
            ProviderData provider, Client client, String resourceServer, Secret refreshToken) {
        return new LooseTokens(provider, client, resourceServer, refreshToken, Scopes.NONE, null, null);
    }

    /** Renewed by the client's own credentials; all scopes belong to one resource server. */
    public static LooseTokens ofClientCredentials(
            ProviderData provider, Client client, String resourceServer, Scopes scopes) {
        return new LooseTokens(provider, client, resourceServer, null, scopes, null, null);
    }

    /** The same with a first access token. */
    public LooseTokens with(Secret access, @Nullable Instant expiry) {
        return new LooseTokens(provider, client, resourceServer, refreshToken, scopes, access, expiry);
    }

    LoginResult asLogin(Instant now) {
        Expiry expiry = expiresAt == null ? Expiry.never() : Expiry.at(expiresAt);
        TokenData data = accessToken == null
                ? TokenData.standIn(resourceServer, refreshToken, scopes)
                : new TokenData(resourceServer, accessToken, refreshToken, "Bearer", scopes, expiry, null, Map.of());
        return new LoginResult(
                provider,
                client,
                Account.UNKNOWN,
                TokenResponse.of(now, data),
                refreshToken == null ? LoginResult.Kind.CLIENT_CREDENTIALS : LoginResult.Kind.REFRESH_TOKEN,
                scopes);
    }
}
