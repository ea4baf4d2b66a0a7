package io.github.evergrant.providers.globus.app;

import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an app behaves.
 *
 * @param requirements the scopes it needs from the beginning, by resource server
 * @param refreshTokens whether a person's login lasts until it is ended; else only as long as its access tokens
 * @param redrive whether a request that an API refuses until somebody logs in otherwise leads to that login, and is then
 *     sent once more
 * @param remedy what is done when a person has to log in
 * @param label what people find the login under where they look after their consents, or null
 */
public record AppSettings(
        Map<String, List<GlobusScope>> requirements,
        boolean refreshTokens,
        boolean redrive,
        Remedy remedy,
        @Nullable String label) {

    public AppSettings {
        requirements = Collections.unmodifiableMap(new LinkedHashMap<>(requirements));
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * No scopes but {@code openid}, refresh tokens, no redrive, a login whenever one is needed. Where {@code globus_sdk} has
     * refresh tokens only for those who ask, here it is the other way round.
     */
    public static AppSettings defaults() {
        return new AppSettings(Map.of(), true, false, Remedy.LOG_IN, null);
    }

    /** The same with further scopes of a resource server, as a scope parameter says them. */
    public AppSettings requiring(String resourceServer, String scopes) {
        return requiring(resourceServer, GlobusScopes.parse(scopes));
    }

    /** The same with further scopes of a resource server. */
    public AppSettings requiring(String resourceServer, Collection<GlobusScope> scopes) {
        Map<String, List<GlobusScope>> all =
                new Requirements(requirements).plus(resourceServer, scopes).byResourceServer();
        return new AppSettings(all, refreshTokens, redrive, remedy, label);
    }

    public AppSettings withRefreshTokens(boolean wanted) {
        return new AppSettings(requirements, wanted, redrive, remedy, label);
    }

    public AppSettings withRedrive(boolean wanted) {
        return new AppSettings(requirements, refreshTokens, wanted, remedy, label);
    }

    public AppSettings withRemedy(Remedy other) {
        return new AppSettings(requirements, refreshTokens, redrive, other, label);
    }

    public AppSettings withLabel(@Nullable String other) {
        return new AppSettings(requirements, refreshTokens, redrive, remedy, other);
    }
}
