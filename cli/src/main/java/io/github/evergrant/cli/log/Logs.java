package io.github.evergrant.cli.log;

import io.github.evergrant.cli.frame.Printable;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Where log lines go, for the whole process: slf4j knows only one place. Safe for many threads. */
public final class Logs {

    private static final Set<String> LEVELS = Set.of("", "trace", "debug", "info", "warn", "error");

    private static volatile @Nullable PrintStream stream;
    private static volatile Level least = Level.WARN;

    private Logs() {}

    /** Whether a level is one. */
    public static boolean knows(String level) {
        return LEVELS.contains(level.toLowerCase(Locale.ROOT));
    }

    /** @param level as {@code EVERGRANT_LOG} has it; anything unknown means warnings */
    public static void to(PrintStream err, String level) {
        stream = err;
        least = switch (level.toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.TRACE;
            case "debug" -> Level.DEBUG;
            case "info" -> Level.INFO;
            case "error" -> Level.ERROR;
            default -> Level.WARN;
        };
    }

    /** Loaded with the first line: most runs have none. */
    private static final class Opaque {

        /** Long words without a break are tokens, keys or codes until somebody proves otherwise. */
        static final Pattern WORDS = Pattern.compile("(eyJ|[A-Za-z0-9_~+=-]{24})[A-Za-z0-9_~+=.-]*");
    }

    static boolean shows(Level level) {
        return level.toInt() >= least.toInt();
    }

    static void line(Level level, String logger, String message, @Nullable Throwable cause) {
        PrintStream err = stream;
        if (err == null || !shows(level)) {
            return;
        }
        String words = Opaque.WORDS.matcher(Printable.text(message)).replaceAll("…");
        String why = cause == null ? "" : " (" + cause.getClass().getName() + ")";
        // A warning is for whoever uses the program; where in it, is for who looks for more.
        String where = shows(Level.INFO) ? logger.substring(logger.lastIndexOf('.') + 1) + ": " : "";
        String kind = level == Level.WARN ? "warning" : level.toString().toLowerCase(Locale.ROOT);
        err.print("evergrant: " + kind + ": " + where + words + why + "\n");
        err.flush();
    }
}
