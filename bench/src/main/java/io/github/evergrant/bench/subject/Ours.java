package io.github.evergrant.bench.subject;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session in a durable store, as every program of ours has it. */
public final class Ours implements Subject {

    private static final String RESOURCE_SERVER = "api.example.org";
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/token");

    private final Evergrant door;
    private final Authorizer authorizer;

    private Ours(Evergrant door, Authorizer authorizer) {
        this.door = door;
        this.authorizer = authorizer;
    }

    static Ours open(String scheme, Tokens first, @Nullable Endpoint endpoint) {
        try {
            Path folder = Files.createTempDirectory("evergrant-bench");
            Evergrant door = Evergrant.open(scheme + ":" + folder.resolve("store"), settings());
            return new Ours(
                    door, door.keep("bench", login(first, endpoint), true).authorizer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EvergrantSettings settings() {
        return EvergrantSettings.defaults().withPatience(Duration.ofMinutes(2));
    }

    /** Keeps a session in a store, for other processes. */
    public static void keep(String store, String session, Tokens tokens, @Nullable Endpoint endpoint) {
        try (Evergrant door = Evergrant.open(store, settings())) {
            door.keep(session, login(tokens, endpoint), true);
        }
    }

    private static LoginResult login(Tokens tokens, @Nullable Endpoint endpoint) {
        return new LoginResult(
                provider(endpoint == null ? NOWHERE : endpoint.address()),
                Client.open("bench"),
                Account.UNKNOWN,
                TokenResponse.of(tokens.issuedAt(), record(tokens)),
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.of("openid"));
    }

    /** As it is stored. */
    public static TokenData record(Tokens tokens) {
        return new TokenData(
                RESOURCE_SERVER,
                Secret.of(tokens.access()),
                Secret.of(tokens.refresh()),
                "Bearer",
                Scopes.of("openid"),
                Expiry.at(tokens.expiresAt()),
                null,
                Map.of());
    }

    /** A server that rotates, and whose grace nobody knows: the careful way. */
    private static ProviderData provider(URI token) {
        return new ProviderData(
                "oidc",
                "Bench",
                "production",
                null,
                new Endpoints(token.resolve("/").toString(), null, token, null, null, null, null),
                RESOURCE_SERVER,
                Scopes.of("openid"),
                null,
                null,
                null,
                "https://example.org/clients",
                Map.of());
    }

    @Override
    public Object token() {
        return Objects.requireNonNull(authorizer.header());
    }

    @Override
    public void close() {
        door.close();
    }
}
