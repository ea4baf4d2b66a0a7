package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.token.Secret;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session in environment variables, as Agave's programs take one from there (docs/protocols/agave.md sections 2.10 and
 * 2.12). It is nowhere saved.
 *
 * @param baseUrl the tenant's address: {@code TAPIS_BASE_URL}, in an actor's container {@code _abaco_api_server}
 * @param username {@code TAPIS_USERNAME}, or empty
 * @param password {@code TAPIS_PASSWORD}, or null
 * @param clientKey {@code TAPIS_API_KEY}, or empty
 * @param clientSecret {@code TAPIS_API_SECRET}, or null
 * @param accessToken {@code TAPIS_TOKEN}, in an actor's container {@code _abaco_access_token}; or null
 * @param refreshToken {@code TAPIS_REFRESH_TOKEN}, or null
 */
public record EnvironmentSession(
        String baseUrl,
        String username,
        @Nullable Secret password,
        String clientKey,
        @Nullable Secret clientSecret,
        @Nullable Secret accessToken,
        @Nullable Secret refreshToken) {

    /** The variable that holds the token. */
    public static final String TAPIS_TOKEN = "TAPIS_TOKEN";

    /** The one that holds it in an actor's container. */
    public static final String ACTOR_TOKEN = "_abaco_access_token";

    private static final String ACTOR_SERVER = "_abaco_api_server";

    /** What can be done with the variables. */
    public enum Kind {
        /** A token and all that renews it. */
        RENEWABLE,
        /** A token to use until its end, nobody knows when. */
        BARE,
        /** A person's name and password, for a login. */
        LOGIN,
        /** Not enough for anything. */
        NONE
    }

    /** Reads them; one that is empty counts as not set. */
    public static EnvironmentSession of(Map<String, String> environment) {
        boolean tapis = isSet(environment, "TAPIS_BASE_URL") && isSet(environment, TAPIS_TOKEN);
        boolean actor = !tapis && isSet(environment, ACTOR_SERVER) && isSet(environment, ACTOR_TOKEN);
        return new EnvironmentSession(
                environment.getOrDefault(actor ? ACTOR_SERVER : "TAPIS_BASE_URL", ""),
                environment.getOrDefault("TAPIS_USERNAME", ""),
                secret(environment, "TAPIS_PASSWORD"),
                environment.getOrDefault("TAPIS_API_KEY", ""),
                secret(environment, "TAPIS_API_SECRET"),
                secret(environment, actor ? ACTOR_TOKEN : TAPIS_TOKEN),
                actor ? null : secret(environment, "TAPIS_REFRESH_TOKEN"));
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static @Nullable Secret secret(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? null : Secret.of(value);
    }

    /** What they are good for. A token that can be renewed is never taken for a bare one. */
    public Kind kind() {
        if (baseUrl.isEmpty()) {
            return Kind.NONE;
        }
        if (accessToken != null) {
            boolean renewable = refreshToken != null && !clientKey.isEmpty() && clientSecret != null;
            return renewable ? Kind.RENEWABLE : Kind.BARE;
        }
        return username.isEmpty() || password == null ? Kind.NONE : Kind.LOGIN;
    }

    /** The session, when they hold a token. Its end is not known. */
    public Optional<SavedSession> session() {
        Secret token = accessToken;
        if (token == null || baseUrl.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SavedSession(
                "",
                baseUrl,
                username,
                clientKey,
                clientKey,
                clientSecret,
                new SavedTokens(token, refreshToken, "", null, "")));
    }
}
