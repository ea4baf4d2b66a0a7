package io.github.evergrant.provider;

import io.github.evergrant.token.Scopes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a provider, as data.
 *
 * @param id the provider's name on the command line: {@code globus}
 * @param title its name for people: {@code Globus}
 * @param environment which instance: {@code production}, {@code preview}, …
 * @param base the sandbox's address when this is a sandbox, or null for the real thing
 * @param endpoints where its authorization server is
 * @param defaultResourceServer what a token is for when the reply does not say
 * @param defaultScopes asked for when a login names none
 * @param defaultLifetime of an access token when the reply states none, or null when there is no such rule
 * @param reuseGrace how long a used refresh token is answered again: zero for never, null when unknown
 * @param pasteRedirect the redirect address whose page shows the code to be pasted, or which itself is to be pasted; null when
 *     there is none
 * @param registrationPage where a person registers a client
 * @param apis base addresses of the provider's APIs by short name: {@code groups}
 * @param refresh what its refreshes have of their own
 * @param pasteIsForPublicClients whether the page that shows the code is for clients without a secret only
 */
public record ProviderData(
        String id,
        String title,
        String environment,
        @Nullable URI base,
        Endpoints endpoints,
        String defaultResourceServer,
        Scopes defaultScopes,
        @Nullable Duration defaultLifetime,
        @Nullable Duration reuseGrace,
        @Nullable URI pasteRedirect,
        String registrationPage,
        Map<String, URI> apis,
        RefreshRules refresh,
        boolean pasteIsForPublicClients) {

    public ProviderData {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(endpoints, "endpoints");
        Objects.requireNonNull(defaultResourceServer, "defaultResourceServer");
        Objects.requireNonNull(defaultScopes, "defaultScopes");
        Objects.requireNonNull(registrationPage, "registrationPage");
        apis = Map.copyOf(apis);
        Objects.requireNonNull(refresh, "refresh");
    }

    /** Of a provider whose refreshes are as RFC 6749 has them, and whose page that shows the code is for all clients. */
    public ProviderData(
            String id,
            String title,
            String environment,
            @Nullable URI base,
            Endpoints endpoints,
            String defaultResourceServer,
            Scopes defaultScopes,
            @Nullable Duration defaultLifetime,
            @Nullable Duration reuseGrace,
            @Nullable URI pasteRedirect,
            String registrationPage,
            Map<String, URI> apis) {
        this(
                id,
                title,
                environment,
                base,
                endpoints,
                defaultResourceServer,
                defaultScopes,
                defaultLifetime,
                reuseGrace,
                pasteRedirect,
                registrationPage,
                apis,
                RefreshRules.USUAL,
                false);
    }

    /** The same with other rules for its refreshes. */
    public ProviderData withRefresh(RefreshRules other) {
        return with(other, pasteIsForPublicClients);
    }

    /** The same, where the page that shows the code is for clients without a secret only. */
    public ProviderData withPasteForPublicClients() {
        return with(refresh, true);
    }

    private ProviderData with(RefreshRules rules, boolean publicOnly) {
        return new ProviderData(
                id,
                title,
                environment,
                base,
                endpoints,
                defaultResourceServer,
                defaultScopes,
                defaultLifetime,
                reuseGrace,
                pasteRedirect,
                registrationPage,
                apis,
                rules,
                publicOnly);
    }
}
