package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.ShellWords;
import io.github.evergrant.providers.agave.saved.Selection;
import io.github.evergrant.renewal.Moving;
import io.github.evergrant.storage.TokenStorage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a session to another store, or makes a second one of it there. */
@Command(
        name = "copy",
        description = "Moves a session to another store; whoever looks for it here is told where it is, and what is"
                + " stored of it here stays, marked as moved, until `sessions delete`. An imported one stays with its"
                + " program too, which goes on renewing it. With --keep a session is used here as well. Neither is done"
                + " when the refresh token is seen to be used once: two owners would end the session.",
        footer = {
            "  evergrant sessions copy tour --to sqlite:/srv/shared/sessions.db",
            "  evergrant sessions copy machine --to json:backup.json --keep"
        })
final class CopyCommand implements CliCommand {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which session; else as for every command.")
    private @Nullable String name;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            required = true,
            description = "Where to: json:PATH, json1:PATH or sqlite:PATH.")
    private String to = "";

    @Option(names = "--keep", description = "Keep it here as well.")
    private boolean keep;

    @Override
    public int run(Invocation it) {
        String address = it.address(to);
        if (address.startsWith("memory:")) {
            throw CliProblem.usage("what is in " + to + " is gone when this command ends; name a store that lasts");
        }
        String session = it.sessionName(name);
        it.concerns(session);
        if (address.startsWith("agave:") && !Selection.isName(session)) {
            throw CliProblem.usage(address + " keeps sessions with Agave, which are called TENANT/USER/CLIENT");
        }
        boolean adopted = it.isAdopted(session);
        String here = it.storage(session);
        Moving.Arrived arrived;
        try (TokenStorage target = it.open(address)) {
            arrived = send(it, session, target);
        }
        tell(it, session, arrived.name(), address, keep || adopted ? here : null);
        if (adopted && !keep) {
            it.voice().say("What its own program has of it stays in " + here + ".");
        } else if (!keep) {
            if (AgaveFiles.keeping(it, session).isPresent()) {
                it.voice()
                        .say("Agave's programs have its tokens no more: two owners of its refresh token would end it.");
            }
            it.voice()
                    .say("  to remove what is still stored here, marked as moved: "
                            + it.nextCommand().line("sessions", "delete", session));
        }
        if (arrived.shared()) {
            it.voice()
                    .warn(
                            "shared_refresh_token",
                            "both have the same refresh token now: if the provider should rotate it, the one that renews"
                                    + " first ends the other");
        }
        return Exits.DONE;
    }

    private Moving.Arrived send(Invocation it, String session, TokenStorage target) {
        if (keep) {
            return new Moving.Arrived(session, it.door().copy(session, target));
        }
        Moving.Arrived arrived = it.door().move(session, target);
        it.chosen().follow(session, null);
        return arrived;
    }

    private void tell(Invocation it, String session, String nameThere, String address, @Nullable String keptIn) {
        it.voice()
                .say("Session " + session + " is "
                        + (keep ? "in " + address + " as well." : "now in " + address + "."));
        it.voice().say("  run: " + ShellWords.line(List.of("evergrant", "--store", address, "token", "-s", nameThere)));
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("session", session);
            json.put("storage", address);
            json.put("kept_in", keptIn);
            it.voice().json(json);
        }
    }
}
