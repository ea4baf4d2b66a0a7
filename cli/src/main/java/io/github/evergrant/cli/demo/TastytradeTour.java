package io.github.evergrant.cli.demo;

import io.github.evergrant.cli.demo.Promises.Api;
import io.github.evergrant.cli.demo.Toured.Step;
import java.util.List;
import java.util.Map;

/** tastytrade: a session by a grant of OAuth, whose refresh token works for ever. */
final class TastytradeTour {

    static final Toured SYSTEM = new Toured(
            "tastytrade",
            "tastytrade",
            home -> "json:" + home.resolve("tastytrade").resolve("sessions.json"),
            guide -> new TastytradeTour(guide).steps());

    private static final Start BY_GRANT =
            new Start.Reply("grant", Map.of(), List.of("login", SYSTEM.id(), "-s", "grant", "--token-response-stdin"));

    private final Guide guide;
    private final Promises ofGrant;

    private TastytradeTour(Guide guide) {
        this.guide = guide;
        this.ofGrant = new Promises(guide, "token.refresh", true);
    }

    private List<Step> steps() {
        return List.of(
                new Step("logging in with a grant of OAuth", this::grant),
                new Step("using the API with that", this::accounts));
    }

    private void grant() {
        ofGrant.renews(BY_GRANT);
        String shown = guide.desk().newest("token.refresh").text("headers", "Authorization");
        guide.see("authorization header of that request", "none", Answer.shown(shown));
    }

    private void accounts() {
        ofGrant.answers(customer(BY_GRANT));
        String token = guide.stored(BY_GRANT.session()).accessToken().reveal();
        guide.see("header of that: Bearer, the token", Answer.known("Bearer " + token), Answer.shown(authorization()));
        ofGrant.isAskedOnceMore(customer(BY_GRANT));
    }

    private Api customer(Start start) {
        return new Api("customer", "customers.me", "demo@example.org", () -> {
            Answer answer = guide.run(
                    "-s",
                    start.session(),
                    "curl",
                    guide.sandbox()
                            .resolve("/tastytrade/production/customers/me")
                            .toString());
            return answer.orExit(answer.told().text("data", "email"));
        });
    }

    private String authorization() {
        return guide.desk().newest("customers.me").text("headers", "Authorization");
    }
}
