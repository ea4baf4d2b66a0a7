package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Promises.Api;
import io.github.evergrant.cli.demo.Toured.Step;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.providers.spatiafi.SpatiaFiClients;
import io.github.evergrant.providers.spatiafi.SpatiaFiLogin;
import io.github.evergrant.providers.spatiafi.SpatiaFiProvider;
import io.github.evergrant.providers.spatiafi.SpatiaFiUser;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** SpatiaFi, from a password to app credentials, and to a token that all processes share. */
final class SpatiaFiTour {

    static final Toured SYSTEM = new Toured(
            "spatiafi",
            "SpatiaFi",
            home -> "json:" + home.resolve("spatiafi").resolve("sessions.json"),
            guide -> new SpatiaFiTour(guide).steps());

    private static final String TOKEN = "token.client_credentials";
    private static final String USER = "demo";
    private static final String PASSWORD = "demo-password";
    private static final String SESSION = "tour";

    /** Several are enough: whoever wants to see a crowd has seen Globus. */
    private static final int MOST = 8;

    private final Guide guide;
    private final Promises promises;
    private String id = "";
    private String secret = "";

    private SpatiaFiTour(Guide guide) {
        this.guide = guide;
        this.promises = new Promises(guide, TOKEN, false);
    }

    private List<Step> steps() {
        int processes = Math.min(MOST, guide.processes());
        return List.of(
                new Step("creating app credentials", this::create),
                new Step("logging in with them", this::login),
                new Step("using an API, with a token from " + processes + " processes", () -> data(processes)),
                new Step("looking for secrets in what was sent", this::secrets));
    }

    private void create() {
        ProviderData data = new SpatiaFiProvider().describe(null, guide.sandbox());
        SpatiaFiUser user = new SpatiaFiUser(USER, Secret.of(PASSWORD));
        AppCredentials made = new SpatiaFiClients(data, guide.door().http())
                .create(SpatiaFiLogin.basic(data, user, guide.door().http()));
        id = made.clientId();
        secret = made.clientSecret().reveal();
        guide.see("tokens for a password", "1", guide.desk().stats().done("token.basic"));
        guide.see("app credentials created", "1", guide.desk().stats().done("clients.create"));
    }

    private void login() {
        String granted = promises.login(start());
        guide.see("token requests for that", "1", guide.desk().stats().done(TOKEN));
        String body = guide.desk().newest(TOKEN).text("body");
        guide.see(
                "fields of the token request",
                "grant_type, client_assertion_type, client_assertion",
                Arrays.stream(body.split("&")).map(field -> field.split("=")[0]).collect(Collectors.joining(", ")));
        promises.handsOut(SESSION, granted);
    }

    private void data(int processes) {
        promises.renewsOnceFor(processes, start());
        String me = guide.sandbox().resolve("/spatiafi/api/v1/users/me").toString();
        Api user = new Api("user", "users.me", "demo@example.org", () -> {
            Answer answer = guide.run("-s", SESSION, "curl", me);
            return answer.orExit(answer.told().text("email"));
        });
        promises.answers(user);
        promises.isAskedOnceMore(user);
    }

    /** The password goes out once, and the secret never. */
    private void secrets() {
        String basic = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        guide.see("requests that hold the password", "1", guide.desk().holding(basic));
        guide.see("requests that hold the client's secret", "0", guide.desk().holding(secret));
    }

    private Start start() {
        return new Start.Shown(
                SESSION,
                "app credentials",
                secret,
                List.of("login", SYSTEM.id(), "-s", SESSION, "--client-id", id, "--client-secret-stdin"));
    }
}
