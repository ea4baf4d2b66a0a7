package io.github.evergrant.cli;

import io.github.evergrant.cli.accounts.AccountsCommand;
import io.github.evergrant.cli.clients.ClientsCommand;
import io.github.evergrant.cli.completion.CompletionCommand;
import io.github.evergrant.cli.curl.CurlCommand;
import io.github.evergrant.cli.demo.DemoCommand;
import io.github.evergrant.cli.env.EnvCommand;
import io.github.evergrant.cli.exec.ExecCommand;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.groups.GroupsCommand;
import io.github.evergrant.cli.login.LoginCommand;
import io.github.evergrant.cli.logout.LogoutCommand;
import io.github.evergrant.cli.ls.LsCommand;
import io.github.evergrant.cli.providers.ProvidersCommand;
import io.github.evergrant.cli.sandbox.SandboxCommand;
import io.github.evergrant.cli.sessions.SessionsCommand;
import io.github.evergrant.cli.status.StatusCommand;
import io.github.evergrant.cli.tenants.TenantsCommand;
import io.github.evergrant.cli.token.TokenCommand;
import io.github.evergrant.cli.whoami.WhoAmICommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The table of commands; one is made only when it is called. */
final class Commands {

    /**
     * A command.
     *
     * @param group the heading it stands below in the help
     * @param summary one line
     */
    record Entry(String name, String group, String summary, Supplier<CliCommand> make) {}

    private static final String SESSIONS = "Sessions";
    private static final String USING = "Using a session";
    private static final String TRYING = "Trying it out";
    private static final String OTHER = "Other";

    static final List<Entry> ALL = List.of(
            new Entry("login", SESSIONS, "log in and keep the session under a name", LoginCommand::new),
            new Entry("logout", SESSIONS, "revoke a session at its provider, then forget it", LogoutCommand::new),
            new Entry(
                    "sessions",
                    SESSIONS,
                    "list, show, use, rename, delete, copy, import, export, verify, upgrade",
                    SessionsCommand::new),
            new Entry("status", SESSIONS, "how a session stands", StatusCommand::new),
            new Entry("whoami", SESSIONS, "who a session speaks for", WhoAmICommand::new),
            new Entry("token", USING, "print a token that is good to send now", TokenCommand::new),
            new Entry("env", USING, "print a token as environment variables", EnvCommand::new),
            new Entry("exec", USING, "run a program with a token in its environment", ExecCommand::new),
            new Entry("curl", USING, "send a request with a token", CurlCommand::new),
            new Entry("groups", USING, "list the Globus groups of a session", GroupsCommand::new),
            new Entry("ls", USING, "list a directory of a Globus collection", LsCommand::new),
            new Entry("accounts", USING, "list the tastytrade accounts of a session", AccountsCommand::new),
            new Entry(
                    "demo",
                    TRYING,
                    "the tour, on a sandbox of its own, with a table of what happened",
                    DemoCommand::new),
            new Entry("sandbox", TRYING, "serve a sandbox that plays the providers", SandboxCommand::new),
            new Entry(
                    "clients",
                    OTHER,
                    "create, list, delete OAuth clients of Agave, and create SpatiaFi's",
                    ClientsCommand::new),
            new Entry("tenants", OTHER, "list the tenants of Agave", TenantsCommand::new),
            new Entry("providers", OTHER, "list and show the providers", ProvidersCommand::new),
            new Entry("completion", OTHER, "print a completion script for a shell", Commands::completion));

    /** What has its place and is not built yet. */
    static final Set<String> RESERVED = Set.of("fleet", "doctor", "keyring");

    private Commands() {}

    private static CliCommand completion() {
        return new CompletionCommand(
                () -> ALL.stream().map(entry -> entry.make().get()).toList());
    }

    static Optional<Entry> named(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
