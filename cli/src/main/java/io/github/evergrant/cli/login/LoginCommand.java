package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.provider.Provider;
import java.time.Instant;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gets a first token and keeps it as a session. */
@Command(
        name = "login",
        description = {
            "Logs in with a provider and keeps the session under a name.",
            "",
            "A person signs in with the browser of this machine, which then says how it ended. In an SSH session, in a"
                    + " container or without a display the address is shown, to be opened anywhere, and the code that"
                    + " its last page shows is pasted. Ten minutes, or --timeout, are waited for.",
            "",
            "With tastytrade, a page on this machine first asks for the client id and the client secret of an OAuth"
                    + " application of yours, and tells how to come by one and what to register:"
                    + " http://localhost:8000, or what --redirect-uri says.",
            "",
            "With Agave, username and password are asked at the terminal, and the tenant from a table; options, or"
                    + " EVERGRANT_PASSWORD, give them otherwise. A client of yours is needed: `evergrant clients create`."
                    + " The session is called TENANT/USER/CLIENT and kept where Agave's programs look for it, unless a"
                    + " store is named.",
            "",
            "With SpatiaFi, app credentials log in: those that are named, else the session's own, else those of"
                    + " SPATIAFI_CLIENT_ID and SPATIAFI_CLIENT_SECRET, else those that are saved where its Python programs"
                    + " look; of another service than the usual one, beside our sessions. Where there are none, they are"
                    + " created by username and password, and saved there. Whoever is named gets no session by somebody"
                    + " else's.",
            "",
            "With tastytrade, the grant of an OAuth application of yours logs in: its refresh token from TT_REFRESH or"
                    + " standard input, the application's secret from TT_SECRET. tastytrade has closed logins by password"
                    + " in February 2026; --password is for its sandboxes, and for whoever still has one."
        },
        footer = {
            "  evergrant login globus --client-id 61338d24-54d5-408f-a10d-66c06b59f6d2",
            "  evergrant login globus -s tour --paste --client-id 61338d24-54d5-408f-a10d-66c06b59f6d2",
            "  evergrant login globus -s tour --browser 'firefox --private-window' --expect-user ada@example.org",
            "  evergrant login globus --client-credentials --client-id ID --client-secret-file secret.txt",
            "  evergrant login agave --tenant sd2e --username ada",
            "  evergrant login spatiafi",
            "  evergrant login tastytrade --environment certification",
            "  evergrant login spatiafi --client-id ID --client-secret-file secret.txt",
            "  evergrant login globus --refresh-token-stdin --client-id ID < refresh-token.txt",
            "  TT_SECRET=... TT_REFRESH=... evergrant login tastytrade",
            "  evergrant login tastytrade --environment certification --password --remember --username ada",
            "  EVERGRANT_SANDBOX=http://127.0.0.1:8765 evergrant login globus -s tour"
        })
public final class LoginCommand implements CliCommand {

    @Mixin
    private LoginOptions options = new LoginOptions();

    @Override
    public Set<String> reserved() {
        return Set.of("--device");
    }

    @Override
    public int run(Invocation it) {
        if (options.provider().contains("://")) {
            throw CliProblem.notBuilt("a login by the address of an issuer");
        }
        Instant began = it.now();
        options.claimInput(it);
        Provider provider = it.providers().named(options.provider());
        options.given().requireFor(provider);
        boolean done = OwnWay.of(provider).filter(way -> way.logIn(it, options)).isPresent();
        if (!done) {
            new UsualWay(provider, began).logIn(it, options);
        }
        return Exits.DONE;
    }
}
