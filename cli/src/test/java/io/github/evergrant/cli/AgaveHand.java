package io.github.evergrant.cli;

import io.github.evergrant.providers.agave.saved.AgaveTokenStorage;
import io.github.evergrant.providers.agave.saved.SavedSession;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A shell at the sandbox's Agave, and what a person types in it. */
final class AgaveHand {

    private AgaveHand() {}

    /** At a machine of a certain name. */
    static Shell shell(Play play, Path home) {
        return play.shell(home).with("HOSTNAME", "Lap_top.example.org");
    }

    /** The sandbox as a stranger's list of tenants: no client of its own is lent then. */
    static Shell outside(Play play, Shell shell) {
        shell.variables.remove("EVERGRANT_SANDBOX");
        return shell.with("TAPIS_TENANTS_URL", play.base() + "/agave/tenants");
    }

    /** The sessions in the files of Agave's programs, with tokens and without. */
    static List<String> saved(Path home) {
        try (AgaveTokenStorage storage = AgaveTokenStorage.open(home.resolve(".agave"))) {
            return storage.saved().stream().map(SavedSession::name).toList();
        }
    }

    /** Somebody sits at a new terminal, and will type this. */
    static void types(Shell shell, String... answers) {
        shell.terminal = new TypingTerminal();
        shell.terminal.isPresent();
        Stream.of(answers).forEach(answer -> shell.terminal.types(shown -> answer));
    }

    /** The command first, and then who is meant. */
    static String[] with(String[] some, String... others) {
        return some[0].startsWith("-") ? Shell.words(others, some) : Shell.words(some, others);
    }
}
