package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.JsonList;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.cli.report.SessionState;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists sessions for scripts. */
record JsonSessions(Invocation it, JsonList list) implements SessionList {

    @Override
    public void add(SessionReport report, boolean chosen) {
        Map<String, @Nullable Object> json = report.json(it.storage(report.name()));
        json.put("chosen", chosen);
        list.add(json);
    }

    @Override
    public void add(SavedSession client, boolean chosen) {
        Map<String, @Nullable Object> json = JsonLine.object();
        json.put("session", client.name());
        json.put("provider", ListCommand.AGAVE);
        json.put("environment", client.tenant());
        json.put("account", client.username());
        json.put("client_id", client.clientKey());
        json.put("state", SessionState.LOGIN_REQUIRED.word());
        json.put("storage", it.storage(client.name()));
        json.put("chosen", chosen);
        list.add(json);
    }

    @Override
    public void end() {
        list.end();
    }
}
