package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.providers.agave.saved.SavedSession;

/** How sessions are listed, one after the other. */
interface SessionList {

    /** @param chosen whether it is the one that {@code sessions use} chose */
    void add(SessionReport report, boolean chosen);

    /** A client that nobody has logged in with yet. */
    void add(SavedSession client, boolean chosen);

    /** There are no more. */
    void end();
}
