package io.github.evergrant.cli.groups;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.globus.SessionService;
import io.github.evergrant.providers.globus.Group;
import io.github.evergrant.providers.globus.GroupsClient;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the groups that the session's account is a member of. */
@Command(
        name = "groups",
        description = "Lists the Globus groups that the session's account is a member of.",
        footer = {"  evergrant groups -s tour", "  evergrant groups --json"})
public final class GroupsCommand implements CliCommand {

    @Override
    public int run(Invocation it) {
        Session session = it.session();
        GroupsClient groups = new GroupsClient(SessionService.of(it, session, GlobusService.GROUPS));
        print(it, session, groups.myGroups());
        return Exits.DONE;
    }

    private static void print(Invocation it, Session session, List<Group> groups) {
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("session", session.name());
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            groups.forEach(group -> all.add(json(group)));
            json.put("groups", all);
            it.voice().json(json);
        } else if (groups.isEmpty()) {
            it.voice().say("Session " + session.name() + " is in no group.");
        } else {
            Table table = new Table("ID", "NAME", "TYPE", "SESSION ENFORCEMENT", "ROLES");
            groups.forEach(group -> table.row(
                    group.id(), group.name(), group.type(), enforcement(group), String.join(",", group.roles())));
            it.voice().print(table.lines());
        }
    }

    private static Map<String, @Nullable Object> json(Group group) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", group.id());
        json.put("name", group.name());
        json.put("type", group.type());
        json.put("enforce_session", group.enforceSession());
        json.put("roles", group.roles());
        return json;
    }

    /** The words of Globus' own example. */
    private static String enforcement(Group group) {
        return group.enforceSession() ? "strict" : "not strict";
    }
}
