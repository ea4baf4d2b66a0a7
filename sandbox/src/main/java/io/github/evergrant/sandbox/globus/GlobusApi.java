package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.AccessToken;
import io.github.evergrant.sandbox.token.Person;
import io.github.evergrant.sandbox.token.Randomness;
import io.github.evergrant.sandbox.token.TokenBook;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an access token opens: userinfo of Globus Auth, and the groups of Globus Groups. */
final class GlobusApi {

    private final TokenBook tokens;
    private final Randomness random;
    private final List<GlobusGroup> groups;

    GlobusApi(TokenBook tokens, Randomness random, List<GlobusGroup> groups) {
        this.tokens = tokens;
        this.random = random;
        this.groups = List.copyOf(groups);
    }

    /** Who the token is for. */
    Reply userinfo(Request request) {
        Person person = holder(request, GlobusScopes.AUTH, "openid");
        return Reply.json(
                200,
                Json.object()
                        .put("sub", person.id())
                        .put("name", person.name())
                        .put("preferred_username", person.username())
                        .put("email", person.email()));
    }

    /** The groups of the token's person; {@code statuses} chooses among memberships, all of which are active. */
    Reply myGroups(Request request) {
        Person person = holder(request, GlobusScopes.GROUPS, GlobusScopes.MY_GROUPS);
        String statuses = request.query().one("statuses");
        boolean active = statuses == null || Set.of(statuses.split(",")).contains("active");
        ArrayNode array = Json.array();
        groups.stream()
                .filter(group -> active && group.member().equals(person))
                .forEach(group -> array.add(json(group)));
        return Reply.json(200, array);
    }

    private static ObjectNode json(GlobusGroup group) {
        ObjectNode json = Json.object()
                .put("id", group.id())
                .put("name", group.name())
                .put("group_type", "regular")
                .put("enforce_session", group.enforceSession());
        json.putArray("my_memberships")
                .addObject()
                .put("group_id", group.id())
                .put("identity_id", group.member().id())
                .put("username", group.member().username())
                .put("role", group.role())
                .put("status", "active");
        return json;
    }

    private Person holder(Request request, String server, String scope) {
        String value = request.bearer();
        if (value == null) {
            throw error(401, "UNAUTHORIZED", "Unauthorized", "Call must be authenticated");
        }
        AccessToken token = tokens.access(value)
                .filter(found -> found.grant().audience().equals(server))
                .orElseThrow(() -> error(401, "UNAUTHORIZED", "Unauthorized", "The token is unknown here or expired"));
        if (!token.grant().scopes().contains(scope)) {
            throw error(403, "FORBIDDEN", "Forbidden", "The token lacks the scope " + scope);
        }
        return token.grant().person();
    }

    private Refusal error(int status, String code, String title, String detail) {
        ObjectNode json = Json.object();
        json.putArray("errors")
                .addObject()
                .put("status", Integer.toString(status))
                .put("id", random.uuid())
                .put("code", code)
                .put("title", title)
                .put("detail", detail);
        json.put("error", title.toLowerCase(Locale.ROOT)).put("error_description", title);
        Reply reply = Reply.json(status, json);
        return new Refusal(status == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply);
    }
}
