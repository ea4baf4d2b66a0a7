package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Promises.Api;
import io.github.evergrant.cli.demo.Toured.Step;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.providers.agave.AgaveFault;
import io.github.evergrant.sandbox.SandboxPeople;
import io.github.evergrant.sandbox.agave.AgaveTenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Agave, from the list of tenants to a client that is deleted under its session. */
final class AgaveTour {

    static final Toured SYSTEM =
            new Toured("agave", "Agave", home -> "agave:" + folder(home), guide -> new AgaveTour(guide).steps());

    /** One with an old gateway, which says in XML why it refuses. */
    private static final String TENANT = "tacc.prod";

    private static final String USER = "demo";
    private static final String PASSWORD = "demo-password";
    private static final String CLIENT = "tour";
    private static final String SESSION = TENANT + "/" + USER + "/" + CLIENT;

    /** Several are enough: whoever wants to see a crowd has seen Globus. */
    private static final int MOST = 8;

    private final Guide guide;
    private final Promises promises;
    private final URI me;
    private String key = "";
    private String printed = "";

    private AgaveTour(Guide guide) {
        this.guide = guide;
        this.promises = new Promises(guide, "token.refresh", true);
        this.me = guide.sandbox().resolve("/agave/" + TENANT + "/profiles/v2/me");
    }

    private static Path folder(Path home) {
        return home.resolve("agave");
    }

    private List<Step> steps() {
        int processes = Math.min(MOST, guide.processes());
        return List.of(
                new Step("listing tenants", this::tenants),
                new Step("creating a client", this::client),
                new Step("logging in with a password", this::login),
                new Step("reading the files that Agave's programs share", this::files),
                new Step("renewing a spent token", () -> promises.renews(start())),
                new Step("using an API, with a token from " + processes + " processes", () -> profile(processes)),
                new Step("deleting the client", this::delete));
    }

    private void tenants() {
        Answer tenants = guide.run("--json", "tenants");
        guide.see(
                "tenants",
                SandboxPeople.AGAVE_TENANTS.stream().map(AgaveTenant::code).collect(Collectors.joining(", ")),
                tenants.orExit(tenants.told().each("tenants", "id")));
    }

    private void client() {
        Answer created = asOwner("--json", "clients", "create", CLIENT, "for the tour");
        guide.see("clients create: exit code", "0", created.exit());
        guide.see(
                "clients that the tenant has created", "1", guide.desk().stats().done("clients.create"));
        key = created.told().text("key");
        printed += created.out() + created.err();
    }

    private void login() {
        Answer login = asOwner("login", "agave", "-s", SESSION);
        guide.see("login by password: exit code", "0", login.exit());
        guide.see(
                "login by password: password grants", "1", guide.desk().stats().done("token.password"));
        String[] basic = basic(guide.desk().newest("token.password").text("headers", "Authorization"));
        guide.see("login by password: by which client", Answer.known(key), Answer.shown(basic[0]));
        printed += login.out() + login.err();
        boolean told = Stream.of(PASSWORD, basic[1]).anyMatch(printed::contains);
        guide.see("password or client's secret in what was printed", "no", told ? "yes" : "no");
    }

    private void files() {
        SavedByAgave files = new SavedByAgave(folder(guide.home()));
        guide.see("config.json as Python writes it", "4 spaces, ASCII, } at the end", files.form());
        guide.see("config.json: client in use; all sessions", CLIENT + "; " + SESSION, files.clients());
        int keys = SavedByAgave.KEYS.size();
        guide.see("config.json: keys in their places", keys + " of " + keys, files.keysInPlace() + " of " + keys);
        guide.see(
                "different tokens in config.json and current",
                "1",
                files.tokens(TENANT, USER, CLIENT).size());
        files.modes()
                .ifPresent(modes ->
                        guide.see("modes of folder, config.json, current", "rwx------ rw------- rw-------", modes));
        promises.handsOut(SESSION, files.token());
    }

    private void profile(int processes) {
        String token = promises.renewsOnceFor(processes, start());
        Api profile = new Api("profile", "profiles.me", USER, () -> {
            Answer answer = guide.run("-s", SESSION, "curl", me.toString());
            return answer.orExit(answer.told().text("result", "username"));
        });
        promises.answers(profile);
        guide.desk().expire();
        HttpReply refusal = guide.desk().ask(HttpCall.get(me).withHeader("Authorization", "Bearer " + token));
        guide.see("what the gateway says of the ended token", "401, XML, 900903", said(refusal));
        promises.isAskedOnceMore(profile);
    }

    private void delete() {
        Answer deleted = asOwner("clients", "delete", CLIENT);
        guide.see("clients delete: exit code", "0", deleted.exit());
        guide.see(
                "clients that the tenant has deleted", "1", guide.desk().stats().done("clients.delete"));
        Answer token = guide.run("token", "-s", SESSION, "--renew");
        guide.see("token --renew after that: exit code", "4", token.exit());
        Told status = guide.run("--json", "status", "-s", SESSION).told();
        guide.see(
                "status after that",
                "login-required: client deleted",
                status.text("state") + ": " + status.text("resource_servers", SYSTEM.id(), "refused"));
    }

    private Start start() {
        return new Start.Reply(
                SESSION,
                Map.of("client", key),
                List.of(
                        "login",
                        SYSTEM.id(),
                        "-s",
                        SESSION,
                        "--tenant",
                        TENANT,
                        "--username",
                        USER,
                        "--token-response-stdin"));
    }

    /** With the password on standard input. */
    private Answer asOwner(String... words) {
        Stream<String> whose = Stream.of("--tenant", TENANT, "--username", USER, "--password-stdin");
        return guide.runWith(PASSWORD, Stream.concat(Stream.of(words), whose).toArray(String[]::new));
    }

    /** Status, form and code. */
    private static String said(HttpReply reply) {
        String form = reply.text().startsWith("<") ? "XML" : "no XML";
        String code = AgaveFault.in(reply).map(AgaveFault::code).orElse("no code");
        return reply.status() + ", " + form + ", " + code;
    }

    /** The two halves of such a header; empty ones if it is none. */
    private static String[] basic(String header) {
        String[] halves = header.startsWith("Basic ")
                ? new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8).split(":", 2)
                : new String[0];
        return halves.length == 2 ? halves : new String[] {"", ""};
    }
}
