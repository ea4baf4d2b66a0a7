package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.server.Request;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Person;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an access token opens: userinfo of Globus Auth, and the groups of Globus Groups. */
final class GlobusApi {

    private final GlobusHolders holders;
    private final GlobusSessions sessions;
    private final List<GlobusGroup> groups;

    GlobusApi(GlobusHolders holders, GlobusSessions sessions, List<GlobusGroup> groups) {
        this.holders = holders;
        this.sessions = sessions;
        this.groups = List.copyOf(groups);
    }

    /** Who the token is for. */
    Reply userinfo(Request request) {
        Person person = holders.of(request, GlobusScopes.AUTH, "openid").grant().person();
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
        Person person = holders.of(request, GlobusScopes.GROUPS, GlobusScopes.MY_GROUPS)
                .grant()
                .person();
        String statuses = request.query().one("statuses");
        boolean active = statuses == null || Set.of(statuses.split(",")).contains("active");
        ArrayNode array = Json.array();
        groups.stream()
                .filter(group -> active && group.member().equals(person))
                .forEach(group -> array.add(json(group)));
        return Reply.json(200, array);
    }

    /** One group of the token's person. One that enforces sessions wants its member to have signed in for it, with two factors. */
    Reply group(Request request) {
        Grant grant =
                holders.of(request, GlobusScopes.GROUPS, GlobusScopes.MY_GROUPS).grant();
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        GlobusGroup group = groups.stream()
                .filter(known -> known.id().equals(id) && known.member().equals(grant.person()))
                .findFirst()
                .orElseThrow(() -> holders.error(404, "NOT_FOUND", "Not Found", "There is no such group"));
        boolean proven = sessions.of(grant.person(), grant.client())
                .filter(session -> session.required() && session.mfa())
                .isPresent();
        return group.enforceSession() && !proven ? signInFor(group) : Reply.json(200, json(group));
    }

    private static Reply signInFor(GlobusGroup group) {
        ObjectNode json = Json.object()
                .put("code", "AUTHORIZATION_REQUIRED")
                .put("detail", "The group enforces sessions of its members");
        ObjectNode parameters = json.putObject("authorization_parameters")
                .put("session_message", "Sign in again to see " + group.name())
                .put("session_required_mfa", true);
        parameters.putArray("session_required_identities").add(group.member().id());
        return Reply.json(403, json);
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
}
