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

    /** A shell has variables of its own, and may make something else of what they are set to. None ends so. */
    private static final String SUFFIX = "TOKEN";

    /** A system takes no larger variable than twice that, in characters. */
    private static final int LARGEST = 1 << 16;

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
                        && record.accessToken().length() <= LARGEST
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
            return isOrdinary(named) ? named : null;
        }
        return GlobusProvider.ID.equals(session.provider()) ? GlobusProvider.TOKEN_VARIABLE : null;
    }

    private static boolean isOrdinary(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || ((c < '0' || c > '9') && c != '_'))) {
                return false;
            }
        }
        return name.endsWith(SUFFIX);
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
        String path = outside.variable(PATH);
        // In some shells a folder with that sign stands for something else.
        if (program.isEmpty() || program.startsWith("-") || path.isEmpty() || path.contains("%")) {
            return false;
        }
        ProgramFile file = ProgramFile.find(program, outside.environment(), outside.workingDirectory());
        return file != null && file.isPlain();
    }
}
