package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Workshop.Answer;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.login.Introspection;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tour itself, from the first login to the last logout. Every row holds what the sandbox or a child process said. */
final class Tour {

    private static final String GROUPS_SCOPE =
            "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    private static final String REFRESH = "token.refresh";
    private static final String CODE = "token.authorization_code";
    private static final String COLLECTION = "Globus Tutorial Collection 1";
    private static final String MY_GROUPS = "groups.my_groups";

    /** Long enough that most of the crowd is there while the one renewal is under way. */
    private static final String SLOW_REFRESH = "[{\"kind\":\"token.refresh\",\"do\":\"delay\",\"ms\":3000}]";

    private final Invocation it;
    private final Evergrant door;
    private final Workshop workshop;
    private final Desk desk;
    private final Provider globus = new GlobusProvider(Map.of());
    private final ProviderData data;
    private final Consumer<Row> rows;

    /** @param rows told of each row as soon as it is known; may throw to end the tour */
    Tour(Invocation it, Evergrant door, Workshop workshop, URI sandbox, Desk desk, Consumer<Row> rows) {
        this.it = it;
        this.door = door;
        this.workshop = workshop;
        this.desk = desk;
        this.data = globus.describe(null, sandbox);
        this.rows = rows;
    }

    /** A login by a token reply, and its token in another process. */
    void reply() {
        String reply = desk.grant(Map.of("dialect", "globus", "scopes", List.of(GROUPS_SCOPE)));
        Answer login = workshop.run(reply, "login", "globus", "-s", "reply", "--token-response-stdin");
        see("login with a token reply: exit code", "0", login.exit());
        String granted = String.valueOf(object(reply).get("access_token"));
        Answer token = workshop.run("", "token", "-s", "reply");
        see("token in another process", shown(granted), shown(token.out()));
        see("requests to the token endpoint so far", "0", desk.stats().requests(REFRESH));
    }

    /** A login through the page on which a person signs in. */
    void paste() {
        Wire wire = new Wire(door.http(), it.outside().clock());
        LoginRequest request = LoginRequest.of(globus, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.NONE);
        PasteLogin login = PasteLogin.start(request, wire);
        String shown = SigningIn.allow(login.authorizationUrl(), desk);
        door.keep("pasted", login.finish(shown), false);
        see(
                "login by pasting: code challenge",
                "S256",
                parameter(desk.newestQuery("authorize"), "code_challenge_method"));
        see(
                "login by pasting: codes redeemed",
                "1",
                desk.stats().requests(CODE) - desk.stats().refused(CODE));
        Answer who = workshop.run("", "whoami", "-s", "pasted");
        see("whoami in another process", "demo@example.org", who.out());
    }

    /** What lies in a collection, by a token that looks good and is refused. */
    void files() {
        desk.expire();
        Stats before = desk.stats();
        Answer ls = workshop.run("", "--json", "ls", "-s", "pasted", COLLECTION + ":~/share/godata");
        see(
                "ls of a collection after the token was ended early",
                "file1.txt, file2.txt, file3.txt",
                names(ls, "entries"));
        Stats after = desk.stats();
        see("refresh requests for that ls", "1", after.requests(REFRESH) - before.requests(REFRESH));
    }

    /** One renewal for a crowd of processes that find the token spent. */
    void crowd(int processes, boolean slowly) {
        String reply = desk.grant(Map.of("dialect", "globus", "scopes", List.of(GROUPS_SCOPE), "expires_in", 1));
        Answer login = workshop.run(reply, "login", "globus", "-s", "crowd", "--token-response-stdin");
        see("login with a token of one second: exit code", "0", login.exit());
        awaitEnd("crowd");
        if (slowly) {
            desk.faults(SLOW_REFRESH);
        }
        Stats before = desk.stats();
        List<Answer> answers = workshop.runAtOnce(processes, "token", "-s", "crowd");
        Stats after = desk.stats();
        sayWhy(answers);
        String spent = String.valueOf(object(reply).get("access_token"));
        String all = processes + " processes at once: ";
        see(all + "exit codes", processes + " x 0", tally(answers));
        see(
                all + "different tokens",
                "1",
                answers.stream().map(Answer::out).distinct().count());
        see(
                all + "the spent one among them",
                "no",
                answers.stream().anyMatch(one -> one.out().equals(spent)) ? "yes" : "no");
        see(all + "refresh requests", "1", after.requests(REFRESH) - before.requests(REFRESH));
        see(all + "refused refresh requests", "0", after.refused(REFRESH));
        see(all + "refresh tokens used twice", "0", after.reuses());
        see(all + "most refreshes of one token at a time", "1", after.mostRefreshesAtOnce());
    }

    /** The API, before and after it has come to dislike a token that looks good. */
    void groups() {
        see("groups of the session", "Demo Group", groupNames());
        desk.expire();
        Stats before = desk.stats();
        see("groups after the token was ended early", "Demo Group", groupNames());
        Stats after = desk.stats();
        see("refused by the API (401)", "1", after.refused(MY_GROUPS) - before.refused(MY_GROUPS));
        see("refresh requests for that", "1", after.requests(REFRESH) - before.requests(REFRESH));
        see("requests to the API", "2", after.requests(MY_GROUPS) - before.requests(MY_GROUPS));
    }

    /** Nothing is left alive. */
    void logout() {
        List<Secret> tokens = new ArrayList<>();
        for (String name : door.sessions()) {
            door.session(name).standing().records().values().forEach(entry -> {
                tokens.add(entry.data().accessToken());
                entry.data().refresh().ifPresent(tokens::add);
            });
        }
        Answer logout = workshop.run("", "logout", "--all");
        see("logout --all: exit code", "0", logout.exit());
        Wire wire = new Wire(door.http(), it.outside().clock());
        long active = tokens.stream()
                .filter(token -> Introspection.of(data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, token, wire)
                        .active())
                .count();
        see("tokens alive at the provider afterwards", "0 of " + tokens.size(), active + " of " + tokens.size());
        Stats stats = desk.stats();
        see("revocation requests", String.valueOf(tokens.size()), stats.requests("revoke"));
        see("logins lost to a reused refresh token", "0", stats.familiesRevoked());
        see("sessions left", "0", sessionsLeft());
    }

    private void sayWhy(List<Answer> answers) {
        answers.stream()
                .filter(answer -> answer.exit() != 0)
                .map(Answer::err)
                .distinct()
                .limit(3)
                .forEach(it.voice()::say);
    }

    private String groupNames() {
        return names(workshop.run("", "--json", "groups", "-s", "crowd"), "groups");
    }

    private static String names(Answer answer, String field) {
        return object(answer.out()).get(field) instanceof List<?> list
                ? list.stream()
                        .map(each -> String.valueOf(HostileJson.asObject(each).get("name")))
                        .collect(Collectors.joining(", "))
                : "exit code " + answer.exit();
    }

    private long sessionsLeft() {
        Answer answer = workshop.run("", "--json", "sessions", "list");
        return object(answer.out()).get("sessions") instanceof List<?> list ? list.size() : -1;
    }

    /** Asks the clock; it is the clock that the children ask. */
    private void awaitEnd(String session) {
        Instant end = door.session(session).expiresAt().orElse(Instant.MIN);
        while (!it.now().isAfter(end)) {
            LockSupport.parkUntil(end.toEpochMilli() + 1);
        }
    }

    private void see(String what, String promised, Object seen) {
        rows.accept(new Row(what, promised, seen.toString()));
    }

    /** How many ended with which exit code: {@code 63 x 0, 1 x 7}. */
    private static String tally(List<Answer> answers) {
        Map<Integer, Integer> counts = new TreeMap<>();
        answers.forEach(answer -> counts.merge(answer.exit(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " x " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String shown(String token) {
        return token.isEmpty() ? "none" : "sha256 " + Secret.of(token).prefix();
    }

    private static String parameter(String query, String name) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            all.put(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1));
        }
        return all.getOrDefault(name, "none");
    }

    private static Map<String, @Nullable Object> object(String json) {
        try {
            return HostileJson.read(json).object();
        } catch (HostileJson.Malformed e) {
            return Map.of();
        }
    }
}
