package io.github.evergrant.cli.whoami;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.report.Asked;
import io.github.evergrant.login.Account;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Prints who a session speaks for: as known from the login, else as the provider says. */
@Command(
        name = "whoami",
        description = "Prints who the session speaks for; asks the provider only if the login did not say.",
        footer = {"  evergrant whoami -s tour", "  evergrant whoami --json"})
public final class WhoAmICommand implements CliCommand {

    @Override
    public boolean takesVariables() {
        return true;
    }

    @Override
    public int run(Invocation it) {
        Session session = it.session();
        Account known = session.facts().map(SessionFacts::account).orElse(Account.UNKNOWN);
        Account account = known.username() == null ? Asked.whose(session, it) : known;
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("session", session.name());
            json.put("provider", session.facts().map(SessionFacts::provider).orElse(null));
            json.put("account", account.username());
            json.put("identity", account.identityId());
            it.voice().json(json);
        } else {
            String name = account.username() == null ? String.valueOf(account.identityId()) : account.username();
            it.voice().print(Printable.text(name));
        }
        return Exits.DONE;
    }
}
