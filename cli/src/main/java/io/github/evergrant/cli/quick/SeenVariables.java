package io.github.evergrant.cli.quick;

import io.github.evergrant.cli.env.SessionVariables;
import io.github.evergrant.cli.exec.ProgramFile;
import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.providers.globus.GlobusProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What {@code exec} adds to a program's environment, where that is the token and nothing else. */
final class SeenVariables {

    private static final String PATH = "PATH";

    private SeenVariables() {}

    /**
     * The variables, each in a line.
     *
     * @return null when there is more to it, with them or with the program
     */
    static @Nullable String lines(Outside outside, QuickWords words, SeenSession session, SeenRecord record)
            throws IOException {
        String name = name(words, session);
        return name != null
                        && isAscii(session.name())
                        && isStarted(outside, words.program().get(0))
                ? name.concat("=")
                        .concat(record.accessToken())
                        .concat("\n")
                        .concat(SessionVariables.SESSION)
                        .concat("=")
                        .concat(session.name())
                        .concat("\n")
                : null;
    }

    private static @Nullable String name(QuickWords words, SeenSession session) {
        String named = words.variable();
        if (named != null) {
            return SessionVariables.isName(named) && !named.equals(SessionVariables.SESSION) ? named : null;
        }
        return GlobusProvider.ID.equals(session.provider()) ? GlobusProvider.TOKEN_VARIABLE : null;
    }

    /** Of others it depends on the locale what a program finds in its environment. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether a shell starts it as we do. */
    private static boolean isStarted(Outside outside, String program) throws IOException {
        if (program.isEmpty()
                || program.startsWith("-")
                || outside.variable(PATH).isEmpty()) {
            return false;
        }
        ProgramFile file = ProgramFile.find(program, outside.environment(), outside.workingDirectory());
        return file != null && file.isPlain();
    }
}
