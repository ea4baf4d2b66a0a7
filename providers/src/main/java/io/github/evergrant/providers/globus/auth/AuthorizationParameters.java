package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.providers.globus.scope.GlobusScope;
import io.github.evergrant.providers.globus.scope.GlobusScopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a login has to be like, for an API to be content with it.
 *
 * @param sessionMessage words for the person on the sign-in page, or null
 * @param sessionRequiredIdentities who must sign in, by id or name, or null
 * @param sessionRequiredPolicies ids of the policies to be met, or null
 * @param sessionRequiredSingleDomain from one of which domains somebody must sign in, or null
 * @param sessionRequiredMfa whether with a second factor, or null
 * @param requiredScopes scopes to ask for as well, or null
 * @param prompt {@code login} for a new sign-in whatever session the browser has, or null
 * @param extra fields we have no name for, as JSON values
 */
public record AuthorizationParameters(
        @Nullable String sessionMessage,
        @Nullable List<String> sessionRequiredIdentities,
        @Nullable List<String> sessionRequiredPolicies,
        @Nullable List<String> sessionRequiredSingleDomain,
        @Nullable Boolean sessionRequiredMfa,
        @Nullable List<String> requiredScopes,
        @Nullable String prompt,
        Map<String, @Nullable Object> extra) {

    /** Nothing in particular. */
    public static final AuthorizationParameters NONE =
            new AuthorizationParameters(null, null, null, null, null, null, null, Map.of());

    public AuthorizationParameters {
        sessionRequiredIdentities = copy(sessionRequiredIdentities);
        sessionRequiredPolicies = copy(sessionRequiredPolicies);
        sessionRequiredSingleDomain = copy(sessionRequiredSingleDomain);
        requiredScopes = copy(requiredScopes);
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** Just further scopes. */
    public static AuthorizationParameters ofScopes(String... scopes) {
        return new AuthorizationParameters(null, null, null, null, null, List.of(scopes), null, Map.of());
    }

    /**
     * The scopes to ask for as well.
     *
     * @throws io.github.evergrant.error.InvalidInput when they are none: they come from an API
     */
    public List<GlobusScope> scopes() {
        return requiredScopes == null ? List.of() : GlobusScopes.parse(String.join(" ", requiredScopes));
    }

    /** The parameters of the authorization request that say so; scopes are not among them. */
    public Map<String, String> ofRequest() {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "session_message", sessionMessage);
        put(all, "session_required_identities", joined(sessionRequiredIdentities));
        put(all, "session_required_single_domain", joined(sessionRequiredSingleDomain));
        put(all, "session_required_policies", joined(sessionRequiredPolicies));
        // Globus is used to Python's spelling.
        put(all, "session_required_mfa", sessionRequiredMfa == null ? null : sessionRequiredMfa ? "True" : "False");
        put(all, "prompt", prompt);
        return all;
    }

    /** As JSON values, without what is null. */
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("session_message", sessionMessage);
        all.put("session_required_identities", sessionRequiredIdentities);
        all.put("session_required_policies", sessionRequiredPolicies);
        all.put("session_required_single_domain", sessionRequiredSingleDomain);
        all.put("session_required_mfa", sessionRequiredMfa);
        all.put("required_scopes", requiredScopes);
        all.put("prompt", prompt);
        all.values().removeIf(value -> value == null);
        all.putAll(extra);
        return all;
    }

    private static @Nullable List<String> copy(@Nullable List<String> list) {
        return list == null ? null : List.copyOf(list);
    }

    private static @Nullable String joined(@Nullable List<String> list) {
        return list == null ? null : String.join(",", list);
    }

    private static void put(Map<String, String> all, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            all.put(name, value);
        }
    }
}
