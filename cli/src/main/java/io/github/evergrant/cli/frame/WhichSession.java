package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which session is meant. For one thread. */
final class WhichSession {

    private static final int MOST_NAMES = 20;

    private final Invocation it;
    private final Globals globals;

    WhichSession(Invocation it, Globals globals) {
        this.it = it;
        this.globals = globals;
    }

    /** The one that a word of the command names, else as for every command. */
    String name(@Nullable String word) {
        if (word == null) {
            return name();
        }
        if (globals.session != null && !globals.session.equals(word)) {
            throw CliProblem.usage("two different sessions are named, and one is meant");
        }
        return SessionNames.known(word);
    }

    /** The one that was named, chosen, or is the only one. */
    String name() {
        if (globals.session != null) {
            return SessionNames.known(globals.session);
        }
        String variable = it.outside().variable("EVERGRANT_SESSION");
        if (!variable.isEmpty()) {
            return SessionNames.known(variable);
        }
        Optional<SessionOfVariables> ofVariables = it.ofVariables();
        if (ofVariables.isPresent()) {
            return ofVariables.get().name();
        }
        List<String> all = it.door().sessions();
        ChosenSession chosen = it.chosen();
        Optional<String> name = chosen.name(all);
        if (name.isPresent()) {
            return name.get();
        }
        // What other programs save beside ours takes nothing from the only one that is ours.
        List<String> ours = all.stream().filter(each -> !it.isBeside(each)).toList();
        if (ours.size() == 1 || all.size() == 1) {
            return ours.size() == 1 ? ours.get(0) : all.get(0);
        }
        if (all.isEmpty()) {
            throw new LoginRequired(Problem.of("no_session", "there is no session yet"));
        }
        int more = all.size() - MOST_NAMES;
        throw new InvalidInput(Problem.of(
                "session_needed",
                "there are several sessions: " + String.join(", ", all.subList(0, Math.min(MOST_NAMES, all.size())))
                        + (more > 0 ? " and " + more + " more" : "")));
    }
}
