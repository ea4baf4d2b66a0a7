package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Promises.Api;
import io.github.evergrant.cli.demo.Toured.Step;
import io.github.evergrant.login.Introspection;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Globus, from the first login to the last logout. */
final class GlobusTour {

    static final Toured SYSTEM = new Toured(
            "globus",
            "Globus",
            home -> "json:" + home.resolve("state").resolve("sessions.json"),
            guide -> new GlobusTour(guide).steps());

    private static final String GROUPS_SCOPE =
            "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    private static final String CODE = "token.authorization_code";
    private static final String COLLECTION = "Globus Tutorial Collection 1";

    private final Guide guide;
    private final Promises promises;
    private final Provider globus = new GlobusProvider(Map.of());
    private final ProviderData data;

    private GlobusTour(Guide guide) {
        this.guide = guide;
        this.promises = new Promises(guide, "token.refresh", true);
        this.data = globus.describe(null, guide.sandbox());
    }

    private List<Step> steps() {
        int processes = guide.processes();
        return List.of(
                new Step("logging in with a token reply", this::reply),
                new Step("logging in on the sandbox's page", this::paste),
                new Step(
                        "asking for one spent token from " + processes + " processes at once",
                        () -> promises.renewsOnceFor(processes, start("crowd"))),
                new Step("listing groups", this::groups),
                new Step("listing files", this::files),
                new Step("logging out", this::logout));
    }

    private static Start start(String session) {
        return new Start.Reply(
                session,
                Map.of("scopes", List.of(GROUPS_SCOPE)),
                List.of("login", "globus", "-s", session, "--token-response-stdin"));
    }

    private void reply() {
        promises.handsOut("reply", promises.login(start("reply")));
    }

    /** A login through the page on which a person signs in. */
    private void paste() {
        LoginRequest request = LoginRequest.of(globus, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.NONE);
        PasteLogin login = PasteLogin.start(request, guide.door().wire());
        String shown = SigningIn.allow(login.authorizationUrl(), guide.desk());
        guide.door().keep("pasted", login.finish(shown), false);
        guide.see(
                "login by pasting: code challenge",
                "S256",
                parameter(guide.desk().newest("authorize").text("query"), "code_challenge_method"));
        guide.see("login by pasting: codes redeemed", "1", guide.desk().stats().done(CODE));
        Answer who = guide.run("whoami", "-s", "pasted");
        guide.see("whoami in another process", "demo@example.org", who.orExit(who.out()));
    }

    private void groups() {
        Api groups = new Api("groups", "groups.my_groups", "Demo Group", () -> {
            Answer answer = guide.run("--json", "groups", "-s", "crowd");
            return answer.orExit(answer.told().each("groups", "name"));
        });
        promises.answers(groups);
        promises.isAskedOnceMore(groups);
    }

    /** Of several requests, the first of which is refused. */
    private void files() {
        promises.survives(new Api("ls of a collection", "transfer.ls", "file1.txt, file2.txt, file3.txt", () -> {
            Answer answer = guide.run("--json", "ls", "-s", "pasted", COLLECTION + ":~/share/godata");
            return answer.orExit(answer.told().each("entries", "name"));
        }));
    }

    /** Nothing is left alive. */
    private void logout() {
        List<Secret> tokens = new ArrayList<>();
        for (String name : guide.door().sessions()) {
            guide.door().session(name).standing().records().values().forEach(entry -> {
                tokens.add(entry.data().accessToken());
                entry.data().refresh().ifPresent(tokens::add);
            });
        }
        Answer logout = guide.run("logout", "--all");
        guide.see("logout --all: exit code", "0", logout.exit());
        Wire wire = guide.door().wire();
        long active = tokens.stream()
                .filter(token -> Introspection.of(data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, token, wire)
                        .active())
                .count();
        guide.see("tokens alive at the provider afterwards", "0 of " + tokens.size(), active + " of " + tokens.size());
        Stats stats = guide.desk().stats();
        guide.see("revocation requests", String.valueOf(tokens.size()), stats.requests("revoke"));
        guide.see("logins lost to a reused refresh token", "0", stats.familiesRevoked());
        Answer left = guide.run("--json", "sessions", "list");
        guide.see(
                "sessions left",
                "0",
                left.told().hasList("sessions") ? left.told().list("sessions").size() : "exit code " + left.exit());
    }

    private static String parameter(String query, String name) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            all.put(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1));
        }
        return all.getOrDefault(name, "none");
    }
}
