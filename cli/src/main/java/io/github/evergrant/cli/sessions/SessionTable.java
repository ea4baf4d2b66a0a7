package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.cli.report.SessionState;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.util.ArrayList;
import java.util.List;

/** Lists sessions for people; the chosen one has a star. */
final class SessionTable implements SessionList {

    private final Invocation it;
    private final boolean places;
    private final Table table;

    SessionTable(Invocation it) {
        this.it = it;
        // Where they are is worth a column only if they are not all in the store.
        places =
                it.door().sessions().stream().anyMatch(name -> !it.storage(name).equals(it.store()));
        table = places
                ? new Table("SESSION", "PROVIDER", "ACCOUNT", "STATE", "EXPIRES", "CHOSEN", "STORAGE")
                : new Table("SESSION", "PROVIDER", "ACCOUNT", "STATE", "EXPIRES", "CHOSEN");
    }

    @Override
    public void add(SessionReport report, boolean chosen) {
        add(
                chosen,
                report.name(),
                report.provider(),
                report.account(),
                report.state().word(),
                report.expires());
    }

    @Override
    public void add(SavedSession client, boolean chosen) {
        String state = SessionState.LOGIN_REQUIRED.word();
        add(chosen, client.name(), ListCommand.AGAVE, client.username(), state, "-");
    }

    private void add(boolean chosen, String name, String... known) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(List.of(known));
        cells.add(chosen ? "*" : "");
        if (places) {
            cells.add(it.storage(name));
        }
        table.row(cells.toArray(new String[0]));
    }

    @Override
    public void end() {
        if (table.isEmpty()) {
            it.voice().say("There are no sessions in " + it.store() + ".");
        } else {
            it.voice().print(table.lines());
        }
    }
}
