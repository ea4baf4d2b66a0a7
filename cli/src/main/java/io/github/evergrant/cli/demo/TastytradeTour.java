package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Promises.Api;
import io.github.evergrant.cli.demo.Toured.Step;
import io.github.evergrant.token.Secret;
import java.util.List;
import java.util.Map;

/** tastytrade: a session by password, whose remember tokens work once, and one by a grant, whose token works for ever. */
final class TastytradeTour {

    static final Toured SYSTEM = new Toured(
            "tastytrade",
            "tastytrade",
            home -> "json:" + home.resolve("tastytrade").resolve("sessions.json"),
            guide -> new TastytradeTour(guide).steps());

    private static final String PASSWORD = "demo-password";
    private static final Start BY_PASSWORD = new Start.Shown(
            "password",
            "a password",
            PASSWORD,
            List.of(
                    "login",
                    SYSTEM.id(),
                    "-s",
                    "password",
                    "--password",
                    "--remember",
                    "--username",
                    "demo",
                    "--password-stdin"));
    private static final Start BY_GRANT =
            new Start.Reply("grant", Map.of(), List.of("login", SYSTEM.id(), "-s", "grant", "--token-response-stdin"));

    /** Several are enough: whoever wants to see a crowd has seen Globus. */
    private static final int MOST = 8;

    private final Guide guide;
    private final Promises ofPassword;
    private final Promises ofGrant;

    private TastytradeTour(Guide guide) {
        this.guide = guide;
        this.ofPassword = new Promises(guide, "sessions.remember", true);
        this.ofGrant = new Promises(guide, "token.refresh", true);
    }

    private List<Step> steps() {
        int processes = Math.min(MOST, guide.processes());
        return List.of(
                new Step("logging in with a password", this::password),
                new Step("using the API, with a session from " + processes + " processes", () -> customer(processes)),
                new Step("logging out", this::logout),
                new Step("logging in with a grant of OAuth", this::grant),
                new Step("listing accounts with that", this::accounts));
    }

    private void password() {
        String granted = ofPassword.login(BY_PASSWORD);
        guide.see("logins by password", "1", guide.desk().stats().done("sessions.password"));
        ofPassword.handsOut(BY_PASSWORD.session(), granted);
    }

    /** A remember token is spent by its use: whoever loses its successor has lost the session. */
    private void customer(int processes) {
        String token = ofPassword.renewsOnceFor(processes, BY_PASSWORD);
        String spent = remembered();
        ofPassword.answers(customer());
        guide.see("header of that: the token alone", Answer.known(token), Answer.shown(authorization("customers.me")));
        ofPassword.isAskedOnceMore(customer());
        guide.see("remember token in the file, spent", "no", remembered().equals(spent) ? "yes" : "no");
    }

    /** A session by password can be ended there; a grant of OAuth is its owner's to end. */
    private void logout() {
        Answer logout = guide.run("logout", "-s", BY_PASSWORD.session());
        guide.see("logout: exit code", "0", logout.exit());
        guide.see(
                "sessions that the provider has ended",
                "1",
                guide.desk().stats().done("sessions.destroy"));
        guide.see("sessions left", "0", guide.door().sessions().size());
    }

    private void grant() {
        ofGrant.renews(BY_GRANT);
        String shown = guide.desk().newest("token.refresh").text("headers", "Authorization");
        guide.see("authorization header of that request", "none", Answer.shown(shown));
    }

    private void accounts() {
        Api accounts = new Api("open accounts", "accounts.list", "5WX00001", () -> {
            Answer answer = guide.run("--json", "accounts", "-s", BY_GRANT.session());
            return answer.orExit(answer.told().each("accounts", "number"));
        });
        ofGrant.answers(accounts);
        String token = guide.stored(BY_GRANT.session()).accessToken().reveal();
        guide.see(
                "header of that: Bearer, the token",
                Answer.known("Bearer " + token),
                Answer.shown(authorization("accounts.list")));
        ofGrant.isAskedOnceMore(accounts);
    }

    private Api customer() {
        return new Api("customer", "customers.me", "demo@example.org", () -> {
            Answer answer = guide.run(
                    "-s",
                    BY_PASSWORD.session(),
                    "curl",
                    guide.sandbox()
                            .resolve("/tastytrade/production/customers/me")
                            .toString());
            return answer.orExit(answer.told().text("data", "email"));
        });
    }

    private String authorization(String kind) {
        return guide.desk().newest(kind).text("headers", "Authorization");
    }

    private String remembered() {
        return guide.stored(BY_PASSWORD.session()).refresh().map(Secret::reveal).orElse("");
    }
}
