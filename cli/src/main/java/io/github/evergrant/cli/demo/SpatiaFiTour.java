package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Promises.Api;
import io.github.evergrant.cli.demo.Toured.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** SpatiaFi, from a password to app credentials, and from these to a token that all processes share. */
final class SpatiaFiTour {

    static final Toured SYSTEM = new Toured(
            "spatiafi",
            "SpatiaFi",
            home -> "json:" + home.resolve("spatiafi").resolve("sessions.json"),
            guide -> new SpatiaFiTour(guide).steps());

    private static final String TOKEN = "token.client_credentials";
    private static final String USER = "demo@example.org";
    private static final String PASSWORD = "demo-password";
    private static final String SESSION = "tour";
    private static final String SAVED = "App Credentials saved to: ";

    /** By what is saved: nobody is asked. */
    private static final Start AGAIN =
            new Start.Shown(SESSION, "app credentials", "", List.of("login", SYSTEM.id(), "-s", SESSION));

    /** Several are enough: whoever wants to see a crowd has seen Globus. */
    private static final int MOST = 8;

    private final Guide guide;
    private final Promises promises;
    private String secret = "";
    private String granted = "";

    private SpatiaFiTour(Guide guide) {
        this.guide = guide;
        this.promises = new Promises(guide, TOKEN, false);
    }

    private List<Step> steps() {
        int processes = Math.min(MOST, guide.processes());
        return List.of(
                new Step("logging in for the first time, twice at once", this::first),
                new Step("logging in with app credentials", this::login),
                new Step("using an API, with a token from " + processes + " processes", () -> data(processes)),
                new Step("looking for secrets in what was sent", this::secrets));
    }

    /** What a password is good for: app credentials, which are saved, since each pair is good for ever. */
    private void first() {
        List<Answer> logins = guide.runAtOnceWith(
                PASSWORD, 2, "login", SYSTEM.id(), "-s", SESSION, "--username", USER, "--password-stdin");
        guide.explain(logins);
        guide.see("2 first logins at once: exit codes", "2 x 0", Answer.tally(logins));
        guide.see("tokens for the password", "1", guide.desk().stats().done("token.basic"));
        guide.see("app credentials created", "1", guide.desk().stats().done("clients.create"));
        List<Path> files = logins.stream()
                .flatMap(login -> login.err().lines())
                .filter(line -> line.startsWith(SAVED))
                .map(line -> Path.of(line.substring(SAVED.length())))
                .toList();
        guide.see("times that their file was named", "1", files.size());
        Told saved = Told.in(OnDisk.text(files.get(0)));
        secret = saved.text("client_secret");
        guide.see(
                "file of app credentials: its keys",
                "user_id, client_id, client_secret",
                String.join(", ", saved.fields().keySet()));
        OnDisk.modes(files.get(0)).ifPresent(mode -> guide.see("file of app credentials: its mode", "rw-------", mode));
    }

    private void login() {
        Stats.Between meanwhile = guide.during(() -> granted = promises.login(AGAIN));
        guide.see("token requests for that", "1", meanwhile.requests(TOKEN));
        String body = guide.desk().newest(TOKEN).text("body");
        guide.see(
                "fields of the token request",
                "grant_type, client_assertion_type, client_assertion",
                Arrays.stream(body.split("&")).map(field -> field.split("=")[0]).collect(Collectors.joining(", ")));
        promises.handsOut(SESSION, granted);
    }

    private void data(int processes) {
        promises.renewsOnceFor(processes, AGAIN);
        String me = guide.sandbox().resolve("/spatiafi/api/v1/users/me").toString();
        Api user = new Api("user", "users.me", USER, () -> {
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
}
