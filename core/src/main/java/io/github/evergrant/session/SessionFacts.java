package io.github.evergrant.session;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ClientAuthentication;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.RefreshRules;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.storage.Journal;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was true when a session's login ended, and stays true until the next one.
 *
 * <p>It is all that renewing and ending the session need, so that neither depends on what the environment, the
 * configuration or the provider's data say later.
 *
 * @param provider the provider's id
 * @param environment which instance of it
 * @param base the sandbox it came from, or null for the real thing
 * @param issuer who signs its id tokens
 * @param tokenEndpoint the only address a refresh token or a client secret is ever sent to
 * @param revocationEndpoint where its tokens are revoked, or null
 * @param userinfoEndpoint who it speaks for, or null
 * @param client which client obtained it
 * @param account who logged in
 * @param kind how successors are fetched
 * @param scopes what was asked for
 * @param resourceServer the one a caller means who names none, or null when there are several
 * @param defaultLifetime of an access token whose reply states none, or null
 * @param reuseGrace how long a used refresh token is answered again, null when unknown
 * @param refresh what the provider's refreshes have of their own
 * @param loggedInAt when
 */
public record SessionFacts(
        String provider,
        String environment,
        @Nullable URI base,
        String issuer,
        URI tokenEndpoint,
        @Nullable URI revocationEndpoint,
        @Nullable URI userinfoEndpoint,
        Client client,
        Account account,
        LoginResult.Kind kind,
        Scopes scopes,
        @Nullable String resourceServer,
        @Nullable Duration defaultLifetime,
        @Nullable Duration reuseGrace,
        RefreshRules refresh,
        Instant loggedInAt) {

    static SessionFacts of(LoginResult login, @Nullable String resourceServer, Instant now) {
        Origin origin = new Origin(login.provider(), login.client(), login.account(), login.kind());
        return of(origin, login.scopes(), resourceServer, now);
    }

    static SessionFacts of(Origin origin, Scopes scopes, @Nullable String resourceServer, Instant now) {
        ProviderData provider = origin.provider();
        Endpoints endpoints = provider.endpoints();
        return new SessionFacts(
                provider.id(),
                provider.environment(),
                provider.base(),
                endpoints.issuer(),
                endpoints.token(),
                endpoints.revocation(),
                endpoints.userinfo(),
                origin.client(),
                origin.account(),
                origin.kind(),
                scopes,
                resourceServer,
                provider.defaultLifetime(),
                provider.reuseGrace(),
                provider.refresh(),
                now);
    }

    /**
     * What a session's journal says: for a storage whose format holds some of that too.
     *
     * @return nothing when the session was written by another program, or the facts cannot be read
     */
    public static Optional<SessionFacts> in(Journal journal) {
        return fromJson(SessionRecords.factsIn(journal));
    }

    /**
     * Sees to it that tokens of the one may be sent where those of the other are.
     *
     * @throws InvalidInput {@code other_client}
     */
    void requireRenewsLike(SessionFacts other, String session) {
        boolean same = tokenEndpoint.equals(other.tokenEndpoint)
                && client.id().equals(other.client.id())
                && kind == other.kind;
        if (!same) {
            throw new InvalidInput(
                    Problem.of("other_client", "session '" + session + "' belongs to another client or provider")
                            .withAdvice("keep these tokens under another name")
                            .withSession(session));
        }
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("provider", provider);
        json.put("environment", environment);
        json.put("base", text(base));
        json.put("issuer", issuer);
        json.put("token_endpoint", tokenEndpoint.toString());
        json.put("revocation_endpoint", text(revocationEndpoint));
        json.put("userinfo_endpoint", text(userinfoEndpoint));
        json.put("client_id", client.id());
        Secret secret = client.secret();
        json.put("client_secret", secret == null ? null : secret.reveal());
        json.put("client_authentication", client.authentication().name());
        json.put("username", account.username());
        json.put("identity_id", account.identityId());
        json.put("kind", kind.name());
        json.put("scope", scopes.text());
        json.put("resource_server", resourceServer);
        json.put("default_lifetime", text(defaultLifetime));
        json.put("reuse_grace", text(reuseGrace));
        if (!refresh.equals(RefreshRules.USUAL)) {
            json.put("refresh_scope", refresh.scopes().text());
            json.put("client_may_end", refresh.clientMayEnd());
            json.put("own_refresh_way", refresh.ownWay());
            json.put(SessionRecords.REFRESH_LIFETIME, text(refresh.lifetime()));
            json.put(SessionRecords.REFRESH_ENDS_WITH_USE, refresh.endsWithUse());
        }
        json.put("logged_in_at", loggedInAt.toString());
        return json;
    }

    /** @return nothing when the session was written by another program, or the facts cannot be read */
    static Optional<SessionFacts> fromJson(Map<String, @Nullable Object> json) {
        if (!json.containsKey("provider")) {
            return Optional.empty();
        }
        try {
            String secret = get(json, "client_secret");
            ClientAuthentication authentication = ClientAuthentication.valueOf(need(json, "client_authentication"));
            return Optional.of(new SessionFacts(
                    need(json, "provider"),
                    need(json, "environment"),
                    uri(json, "base"),
                    need(json, "issuer"),
                    URI.create(need(json, "token_endpoint")),
                    uri(json, "revocation_endpoint"),
                    uri(json, "userinfo_endpoint"),
                    new Client(need(json, "client_id"), secret == null ? null : Secret.of(secret), authentication),
                    new Account(get(json, "username"), get(json, "identity_id")),
                    LoginResult.Kind.valueOf(need(json, "kind")),
                    Scopes.parse(need(json, "scope")),
                    get(json, "resource_server"),
                    duration(json, "default_lifetime"),
                    duration(json, "reuse_grace"),
                    new RefreshRules(
                            Scopes.parse(Objects.requireNonNullElse(get(json, "refresh_scope"), "")),
                            Boolean.TRUE.equals(json.get("client_may_end")),
                            Boolean.TRUE.equals(json.get("own_refresh_way")),
                            duration(json, SessionRecords.REFRESH_LIFETIME),
                            Boolean.TRUE.equals(json.get(SessionRecords.REFRESH_ENDS_WITH_USE))),
                    Instant.parse(need(json, "logged_in_at"))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String get(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof String text ? text : null;
    }

    private static String need(Map<String, @Nullable Object> json, String name) {
        String text = get(json, name);
        if (text == null) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }

    private static @Nullable URI uri(Map<String, @Nullable Object> json, String name) {
        String text = get(json, name);
        return text == null ? null : URI.create(text);
    }

    private static @Nullable Duration duration(Map<String, @Nullable Object> json, String name) {
        String text = get(json, name);
        return text == null ? null : Duration.parse(text);
    }
}
