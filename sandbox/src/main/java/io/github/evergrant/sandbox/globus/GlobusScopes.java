package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The scopes of Globus and the resource servers they belong to. */
final class GlobusScopes {

    static final String AUTH = "auth.globus.org";
    static final String GROUPS = "groups.api.globus.org";
    static final String MY_GROUPS = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    static final List<String> USUAL =
            List.of("openid", "profile", "email", "urn:globus:auth:scope:transfer.api.globus.org:all", MY_GROUPS);

    private static final Set<String> OPENID = Set.of("openid", "profile", "email");
    private static final Pattern URN = Pattern.compile("urn:globus:auth:scope:([A-Za-z0-9._-]+):([A-Za-z0-9._-]+)");
    private static final Pattern URL =
            Pattern.compile("https://auth\\.globus\\.org/scopes/([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)");

    /** Services whose resource server is not the client id in their scopes. */
    private static final Map<String, String> NAMED = Map.of(
            "eec9b274-0c81-4334-bdc2-54e90e689b9a", "flows.globus.org",
            "facd7ccc-c5f4-42aa-916b-a0e270e2c2a9", "funcx_service");

    private GlobusScopes() {}

    /**
     * The scopes in a scope parameter, without the dependencies in brackets behind them: those are consents, which show
     * in no token. Throws a {@link Refusal} with {@code invalid_scope} for anything that is not a scope.
     */
    static List<String> parse(String text) {
        return GlobusScopeTree.parse(text).stream()
                .map(GlobusScopeTree::name)
                .distinct()
                .collect(Collectors.toList());
    }

    /** The scopes by resource server, Globus Auth's own first: its token stands at the top of a reply. */
    static Map<String, List<String>> byServer(List<String> scopes) {
        Map<String, List<String>> servers = new LinkedHashMap<>();
        if (scopes.stream().anyMatch(scope -> server(scope).equals(AUTH))) {
            servers.put(AUTH, new ArrayList<>());
        }
        for (String scope : scopes) {
            servers.computeIfAbsent(server(scope), key -> new ArrayList<>()).add(scope);
        }
        return servers;
    }

    /** Whose scope that is; refuses what is no scope. */
    static String server(String scope) {
        if (OPENID.contains(scope)) {
            return AUTH;
        }
        for (Pattern pattern : List.of(URN, URL)) {
            Matcher matcher = pattern.matcher(scope);
            if (matcher.matches()) {
                return NAMED.getOrDefault(matcher.group(1), matcher.group(1));
            }
        }
        throw invalid(scope);
    }

    private static Refusal invalid(String text) {
        String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
        return new Refusal(Reply.error(400, "invalid_scope", "not a scope: \"" + shown + "\""));
    }
}
