package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.CreatedClient;
import io.github.evergrant.providers.agave.Tenant;
import io.github.evergrant.session.Origin;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as the Agave files hold it: with which tenant, as whom, by which client, and its tokens. Immutable.
 *
 * @param tenant the tenant's id, or its address where it has none; empty when neither is known
 * @param baseUrl the tenant's address, without a slash at its end; empty when it is not known
 * @param username who logged in; empty when nobody has
 * @param client the client's name; its key when it has no name
 * @param clientKey the client's consumer key; empty when there is none
 * @param clientSecret the client's consumer secret, or null when it is not known
 * @param tokens null when there are none yet
 */
public record SavedSession(
        String tenant,
        String baseUrl,
        String username,
        String client,
        String clientKey,
        @Nullable Secret clientSecret,
        @Nullable SavedTokens tokens) {

    public SavedSession {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(clientKey, "clientKey");
        baseUrl = Fields.withoutSlash(baseUrl);
        if (tenant.isEmpty() && !baseUrl.isEmpty()) {
            tenant = AgaveProvider.tenantAt(baseUrl).id();
        }
    }

    static SavedSession of(SessionName name, Map<?, ?> record) {
        String secret = Fields.text(record, Fields.SECRET);
        return new SavedSession(
                name.tenant(),
                Fields.text(record, Fields.BASE_URL),
                name.username(),
                name.client(),
                Fields.text(record, Fields.KEY),
                secret.isEmpty() ? null : Secret.of(secret),
                SavedTokens.of(record));
    }

    /**
     * A session whose client was just created: nobody has logged in by it yet.
     *
     * @param tenant where; one that has no id goes by its address in the files too: two of them must not share a place
     * @param username whose client it is
     * @throws InvalidInput {@code bad_address} or {@code plain_http} when the tenant's address is none for tokens
     */
    public static SavedSession ofClient(Tenant tenant, String username, CreatedClient client) {
        return new SavedSession(
                tenant.id(), tenant.base().toString(), username, client.name(), client.key(), client.secret(), null);
    }

    /** The tenant, for {@code AgaveProvider.dataOf}. */
    public Tenant place() {
        return new Tenant(tenant, "", baseUrl);
    }

    /** With whom it is; nothing when its tenant's address is not known. */
    public Optional<ProviderData> provider() {
        if (baseUrl.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI endpoint = URI.create(baseUrl + "/token");
            return Optional.of(new AgaveProvider(Map.of()).recall(place().id(), endpoint, sandbox(endpoint)));
        } catch (IllegalArgumentException | InvalidInput e) {
            return Optional.empty();
        }
    }

    /** Its name in a storage {@code agave:}: {@code TENANT/USER/CLIENT}. */
    public String name() {
        return sessionName().text();
    }

    SessionName sessionName() {
        return new SessionName(tenant, username, client);
    }

    /** When its access token ends; nothing when it has none. */
    public Optional<Expiry> expiry() {
        return Optional.ofNullable(tokens).map(SavedTokens::expiry);
    }

    /** The same session with a pair that its client obtained. */
    public SavedSession withTokens(@Nullable SavedTokens other) {
        return new SavedSession(tenant, baseUrl, username, client, clientKey, clientSecret, other);
    }

    /** A session by another client. It has no tokens: those of the former client can only be renewed by that one. */
    public SavedSession withClient(String name, String key, Secret secret) {
        return new SavedSession(tenant, baseUrl, username, name, key, secret, null);
    }

    /**
     * What Evergrant needs to know to renew it.
     *
     * @param provider the tenant
     * @throws InvalidInput code {@code client_unknown} when key or secret is missing: then it can be used until its end
     */
    public Origin origin(ProviderData provider) {
        if (clientKey.isEmpty() || clientSecret == null) {
            throw new InvalidInput(
                    Problem.of("client_unknown", "Session " + name() + " names no OAuth client that could renew it.")
                            .withAdvice("Create a client, then log in with it.")
                            .withSession(name()));
        }
        Account account = new Account(username.isEmpty() ? null : username, null);
        return new Origin(
                provider,
                Client.confidentialUnencoded(clientKey, clientSecret),
                account,
                LoginResult.Kind.REFRESH_TOKEN);
    }

    /**
     * Where its tokens came from, for whoever renews them; empty when something that is needed for that is missing.
     *
     * @param createdAt when they came, in seconds
     */
    Map<String, @Nullable Object> facts(long createdAt) {
        return origin().map(origin -> origin.noted(AgaveTokenStorage.SCHEME, moment(createdAt)))
                .orElse(Map.of());
    }

    /** What somebody wrote into a file may be any number. */
    private static Instant moment(long seconds) {
        return Instant.ofEpochSecond(Math.max(0, Math.min(seconds, Expiry.NEVER_SECONDS)));
    }

    /** Where its tokens came from, if they can be renewed: whatever is needed for that stands in the files. */
    Optional<Origin> origin() {
        return tokens == null || clientKey.isEmpty() || clientSecret == null
                ? Optional.empty()
                : provider().map(this::origin);
    }

    /** A tenant on this machine is a sandbox's. */
    private @Nullable URI sandbox(URI endpoint) {
        return Addresses.isLoopback(endpoint) ? URI.create(baseUrl.replaceFirst("/agave/[^/]*$", "")) : null;
    }

    /** Of a record, what a login of ours says of its client. */
    static Map<String, @Nullable Object> clientOf(SessionFacts facts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(Fields.KEY, facts.client().id());
        Optional.ofNullable(facts.client().secret()).ifPresent(secret -> fields.put(Fields.SECRET, secret.reveal()));
        String endpoint = facts.tokenEndpoint().toString();
        if (endpoint.endsWith("/token")) {
            fields.put(Fields.BASE_URL, endpoint.substring(0, endpoint.length() - 6));
        }
        return fields;
    }

    /** The eleven fields of a record of line A. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(Fields.TENANT, tenant);
        fields.put(Fields.BASE_URL, baseUrl);
        fields.put(Fields.DEV_URL, "");
        fields.put(Fields.SECRET, clientSecret == null ? "" : clientSecret.reveal());
        fields.put(Fields.KEY, clientKey);
        fields.put(Fields.USERNAME, username);
        fields.putAll(SavedTokens.fields(tokens));
        return fields;
    }
}
