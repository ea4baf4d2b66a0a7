package io.github.evergrant.providers.tastytrade.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.tastytrade.Customer;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.session.Origin;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session that a Python program serialized: of 9.7 to 10.3 by password, of 9.11 to 12 by OAuth
 * (docs/protocols/tastytrade.md section 11). Immutable; its text form shows no secret.
 *
 * @param test whether it is of the certification environment
 * @param password whether it is one by password: then there is a user, and its token goes bare
 * @param clientSecret of an OAuth session, or null
 * @param sessionToken null when none was fetched yet
 * @param refresh the refresh token, or that of a session by password: the remember token; or null
 * @param expiry when the session token ends; never where the text does not say it
 * @param other what Python keeps with it besides, by its names
 */
public record SerializedSession(
        boolean test,
        boolean password,
        @Nullable Secret clientSecret,
        @Nullable Secret sessionToken,
        @Nullable Secret refresh,
        Expiry expiry,
        Map<String, @Nullable Object> other) {

    /** Kept beside the tokens, so that what was read can be written again. */
    static final List<String> OTHERS =
            List.of("user", "proxy", "streamer_token", "dxlink_url", "streamer_expiration", "client_kwargs");

    // A stand-in proper is kept in journals alone, and a storage does not list what it does not hold.
    private static final Secret UNFETCHED = Secret.of("none");
    private static final Expiry LONG_AGO = Expiry.ofEpochSecond(1);

    public SerializedSession {
        Objects.requireNonNull(expiry, "expiry");
        Map<String, @Nullable Object> all = other;
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        OTHERS.stream().filter(all::containsKey).forEach(name -> kept.put(name, all.get(name)));
        other = Collections.unmodifiableMap(kept);
        boolean renewable = !password && clientSecret != null && refresh != null;
        if (sessionToken == null && !renewable) {
            throw new InvalidInput(Problem.of("session_useless", "the session has neither a token nor what renews it"));
        }
    }

    /** An OAuth session of which nothing but the grant is known. */
    public static SerializedSession ofGrant(boolean test, Secret clientSecret, Secret refreshToken) {
        return new SerializedSession(test, false, clientSecret, null, refreshToken, Expiry.ofEpochSecond(0), Map.of());
    }

    /** {@link TastytradeProvider#PRODUCTION} or {@link TastytradeProvider#CERTIFICATION}. */
    public String environment() {
        return test ? TastytradeProvider.CERTIFICATION : TastytradeProvider.PRODUCTION;
    }

    /** Its tokens. Where none was fetched yet there stands one that ended long ago, so that the first use fetches one. */
    public TokenData tokens() {
        String server = new TastytradeProvider().id();
        Secret token = sessionToken;
        return new TokenData(
                        server,
                        token == null ? UNFETCHED : token,
                        refresh,
                        password ? AccessToken.BARE : "Bearer",
                        Scopes.NONE,
                        token == null ? LONG_AGO : expiry,
                        account().identityId(),
                        Map.of())
                .withExtra(other);
    }

    /** Whose it is, as far as the text says that: an OAuth session does not. */
    public Account account() {
        Map<?, ?> user = other.get("user") instanceof Map<?, ?> map ? map : Map.of();
        String username = text(user.get("username"));
        Optional<String> email = Optional.ofNullable(text(user.get("email")));
        Optional<String> externalId = Optional.ofNullable(text(user.get("external_id")));
        return new Account(
                username == null ? email.orElse(null) : username,
                Customer.identity(email, externalId).orElse(null));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() && text.equals(Cleaned.text(text)) ? text : null;
    }

    /**
     * Where its tokens came from.
     *
     * @param sandbox the address of a sandbox that plays tastytrade, or null
     */
    public Origin origin(@Nullable URI sandbox) {
        TastytradeProvider tastytrade = new TastytradeProvider();
        ProviderData data = password
                ? tastytrade.describePassword(environment(), sandbox)
                : tastytrade.describe(environment(), sandbox);
        Secret secret = clientSecret;
        Client client = secret == null ? Client.open("") : tastytrade.client("", secret);
        return new Origin(data, client, account(), LoginResult.Kind.REFRESH_TOKEN);
    }

    /** The token of such data, or null where none was fetched yet. */
    static @Nullable Secret fetched(TokenData tokens) {
        return tokens.isStandIn() || isUnfetched(tokens) ? null : tokens.accessToken();
    }

    /** Whether tokens are those of a grant by which none was fetched yet: what stands there has no time. */
    public static boolean isUnfetched(TokenData tokens) {
        return tokens.accessToken().equals(UNFETCHED) && tokens.expiry().equals(LONG_AGO);
    }

    @Override
    public String toString() {
        return "SerializedSession[" + environment() + (password ? ", by password" : ", by OAuth") + ", " + expiry + "]";
    }
}
