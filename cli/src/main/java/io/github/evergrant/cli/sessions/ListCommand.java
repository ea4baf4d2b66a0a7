package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Lists the sessions of the store; the chosen one has a star. */
@Command(
        name = "list",
        description = "Lists the sessions of the store; the one chosen by `sessions use` has a star at the end.",
        footer = {"  evergrant sessions list", "  evergrant sessions list --json"})
final class ListCommand implements CliCommand {

    static final String AGAVE = "agave";

    @Override
    public int run(Invocation it) {
        Optional<String> chosen = it.chosen().name();
        SessionList list = it.json() ? new JsonSessions(it, it.voice().jsonList("sessions")) : new SessionTable(it);
        it.door().forEachSession((name, way) -> {
            SessionReport report;
            try {
                report = SessionReport.of(way.get(), it.now());
            } catch (EvergrantException e) {
                // Ended since the names were read, or damaged: the others are listed all the same.
                it.voice().warn(e, "");
                return;
            }
            list.add(report, chosen.filter(name::equals).isPresent());
        });
        for (SavedSession client : AgaveFiles.withoutTokens(it)) {
            list.add(client, chosen.filter(client.name()::equals).isPresent());
        }
        list.end();
        return Exits.DONE;
    }
}
