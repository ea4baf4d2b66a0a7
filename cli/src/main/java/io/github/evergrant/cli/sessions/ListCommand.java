package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.agave.AgaveFiles;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.cli.report.SessionState;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the sessions of the store; the chosen one has a star. */
@Command(
        name = "list",
        description = "Lists the sessions of the store; the one chosen by `sessions use` has a star at the end.",
        footer = {"  evergrant sessions list", "  evergrant sessions list --json"})
final class ListCommand implements CliCommand {

    private static final String AGAVE = "agave";

    @Override
    public int run(Invocation it) {
        Optional<String> chosen = it.chosen().name();
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        // Where they are is worth a column only if they are not all in the store.
        boolean places =
                it.door().sessions().stream().anyMatch(name -> !it.storage(name).equals(it.store()));
        Table table = places
                ? new Table("SESSION", "PROVIDER", "ACCOUNT", "STATE", "EXPIRES", "CHOSEN", "STORAGE")
                : new Table("SESSION", "PROVIDER", "ACCOUNT", "STATE", "EXPIRES", "CHOSEN");
        it.door().forEachSession((name, way) -> {
            boolean star = chosen.filter(name::equals).isPresent();
            SessionReport report;
            try {
                report = SessionReport.of(way.get(), it.now());
            } catch (EvergrantException e) {
                // Ended since the names were read, or damaged: the others are listed all the same.
                it.voice().warn(e, "");
                return;
            }
            // Only what is printed: there may be many.
            if (it.json()) {
                Map<String, @Nullable Object> json = report.json(it.storage(name));
                json.put("chosen", star);
                objects.add(json);
                return;
            }
            List<String> cells = new ArrayList<>(List.of(
                    name,
                    report.provider(),
                    report.account(),
                    report.state().word(),
                    report.expires(),
                    star ? "*" : ""));
            if (places) {
                cells.add(it.storage(name));
            }
            table.row(cells.toArray(new String[0]));
        });
        for (SavedSession client : AgaveFiles.withoutTokens(it)) {
            boolean star = chosen.filter(client.name()::equals).isPresent();
            if (it.json()) {
                objects.add(json(client, star, it.storage(client.name())));
            } else {
                List<String> cells = new ArrayList<>(List.of(
                        client.name(),
                        AGAVE,
                        client.username(),
                        SessionState.LOGIN_REQUIRED.word(),
                        "-",
                        star ? "*" : ""));
                if (places) {
                    cells.add(it.storage(client.name()));
                }
                table.row(cells.toArray(new String[0]));
            }
        }
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("sessions", objects);
            it.voice().json(json);
        } else if (table.isEmpty()) {
            it.voice().say("There are no sessions in " + it.store() + ".");
        } else {
            it.voice().print(table.lines());
        }
        return Exits.DONE;
    }

    /** A client that nobody has logged in with yet. */
    private static Map<String, @Nullable Object> json(SavedSession client, boolean chosen, String storage) {
        Map<String, @Nullable Object> json = JsonLine.object();
        json.put("session", client.name());
        json.put("provider", AGAVE);
        json.put("environment", client.tenant());
        json.put("account", client.username());
        json.put("client_id", client.clientKey());
        json.put("state", SessionState.LOGIN_REQUIRED.word());
        json.put("storage", storage);
        json.put("chosen", chosen);
        return json;
    }
}
