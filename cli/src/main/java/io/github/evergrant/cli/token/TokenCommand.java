package io.github.evergrant.cli.token;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.SendableToken;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.cli.report.OldToken;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a token that is good to send now, and nothing else. */
@Command(
        name = "token",
        description = "Prints an access token that is good to send now, renewing it first if it is due.",
        footer = {
            "  evergrant token -s tour",
            "  evergrant token -s tour --resource-server groups.api.globus.org --min-valid 5m",
            "  evergrant token -s tour --header | curl -H @- https://api.example.org/",
            "  printf %s \"$REFUSED\" | evergrant token --rejected -"
        })
public final class TokenCommand implements CliCommand {

    @Option(
            names = "--resource-server",
            paramLabel = "RS",
            description = "Which API the token is for, if the session has several.")
    private @Nullable String resourceServer;

    @Option(
            names = "--min-valid",
            paramLabel = "D",
            description = "How long the token must still be good: 60s, 5m, 1h.")
    private @Nullable Duration minValid;

    @Option(names = "--renew", description = "Renew even when it is not due.")
    private boolean renew;

    @Option(
            names = "--rejected",
            paramLabel = "-",
            description = "Read from standard input the token an API refused; it is renewed only if it is still the"
                    + " stored one.")
    private @Nullable String rejected;

    @Option(names = "--header", description = "Print a whole Authorization header.")
    private boolean header;

    /** To be filled by the parser. */
    public TokenCommand() {}

    /**
     * A command as the words {@code token [--resource-server RS] [--header]} make it.
     *
     * @param resourceServer null when none is named
     */
    public TokenCommand(@Nullable String resourceServer, boolean header) {
        this.resourceServer = resourceServer;
        this.header = header;
    }

    @Override
    public boolean takesVariables() {
        return true;
    }

    @Override
    public int run(Invocation it) {
        if (header && it.json()) {
            throw CliProblem.usage("--header and --json exclude each other");
        }
        Demand demand = demand(it);
        Session session = it.session();
        String rs = resourceServer == null ? session.resourceServer() : resourceServer;
        Obtained obtained = session.obtain(rs, demand);
        AccessToken token = SendableToken.of(obtained.data(), session.name());
        print(it, session, token, obtained.renewed());
        warn(it, obtained, token);
        return Exits.DONE;
    }

    private Demand demand(Invocation it) {
        Duration valid = minValid == null ? Duration.ZERO : minValid;
        if (rejected == null) {
            return new Demand(valid, renew, null, it.patience());
        }
        if (!rejected.equals("-")) {
            // What stands there may be the token itself, which other users can see in the list of processes.
            throw CliProblem.usage("--rejected reads the token from standard input: write --rejected -");
        }
        if (renew) {
            throw CliProblem.usage("--renew and --rejected exclude each other");
        }
        return new Demand(valid, false, Secret.of(it.input().word("--rejected")), it.patience());
    }

    private void print(Invocation it, Session session, AccessToken token, boolean renewed) {
        if (it.json()) {
            Optional<Instant> end = token.expiry().end();
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("session", session.name());
            json.put("resource_server", token.resourceServer());
            json.put("access_token", token.value().reveal());
            json.put("token_type", token.type());
            json.put("expires_at", end.map(Times::exact).orElse(null));
            json.put(
                    "expires_in",
                    end.map(at -> Math.max(0, Duration.between(it.now(), at).toSeconds()))
                            .orElse(null));
            json.put("scope", token.scopes().values());
            json.put("refreshed", renewed);
            it.voice().json(json);
        } else if (header) {
            it.voice().print("Authorization: " + token.header());
        } else {
            it.voice().print(token.value().reveal());
        }
    }

    private void warn(Invocation it, Obtained obtained, AccessToken token) {
        Instant now = it.now();
        Instant end = token.expiry().end().orElse(null);
        if (!OldToken.warn(it, obtained) && minValid != null && end != null && end.isBefore(now.plus(minValid))) {
            it.voice()
                    .warn(
                            "shorter_than_asked",
                            "the token ends " + Times.relative(end, now) + ", before what --min-valid asks for; while"
                                    + " four fifths of its life are left, it is not renewed again");
        }
    }
}
