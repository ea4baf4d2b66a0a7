package io.github.evergrant.cli.quick;

import io.github.evergrant.cli.exec.ExecCommand;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Durations;
import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.cli.status.StatusCommand;
import io.github.evergrant.cli.token.TokenCommand;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shapes of {@code token}, {@code exec} and {@code status} that scripts call in a loop, without the parser: it takes
 * longer to load than the token to print. With at most one session, and a program only behind {@code --}; whatever else stands
 * there is the parser's business.
 */
public final class QuickWords {

    private static final String TOKEN = "token";
    private static final String EXEC = "exec";
    private static final String STATUS = "status";

    private final String[] words;
    private int next;

    private @Nullable String command;
    private @Nullable String session;
    private boolean sessionOfCommand;
    private @Nullable Duration patience;
    private @Nullable String resourceServer;
    private @Nullable String variable;
    private boolean header;
    private boolean json;
    private @Nullable List<String> program;

    private QuickWords(String... words) {
        this.words = words;
    }

    /** Reads a command line. @return null when the parser must look */
    static @Nullable QuickWords of(String... words) {
        QuickWords read = new QuickWords(words);
        return read.all() && read.command != null && (read.program != null || !EXEC.equals(read.command)) ? read : null;
    }

    /**
     * Reads a command line.
     *
     * @return the command, with what concerns all commands noted in the globals; nothing when the parser must look
     */
    public static Optional<CliCommand> read(Globals globals, String... words) {
        QuickWords read = of(words);
        return read == null ? Optional.empty() : Optional.of(read.command(globals));
    }

    /** Whether whoever asks can wait at all: without that, it is for the parser to say what is wrong. */
    boolean isPatient() {
        return patience == null || !patience.isZero();
    }

    /** Whether a token is wanted, to be printed or for a program. */
    boolean wantsToken() {
        return !STATUS.equals(command);
    }

    boolean isToken() {
        return TOKEN.equals(command);
    }

    @Nullable
    String session() {
        return session;
    }

    @Nullable
    String resourceServer() {
        return resourceServer;
    }

    boolean isHeader() {
        return header;
    }

    /** The variable that is named for {@code exec}; null for the provider's own. */
    @Nullable
    String variable() {
        return variable;
    }

    /** The program that {@code exec} is to run, and its words; empty for a token. */
    List<String> program() {
        return program == null ? List.of() : program;
    }

    private boolean all() {
        while (next < words.length && program == null) {
            if (!one(words[next++])) {
                return false;
            }
        }
        return true;
    }

    /** @return whether that word is understood here */
    private boolean one(String word) {
        return switch (word) {
            case TOKEN, EXEC, STATUS -> {
                boolean first = command == null;
                command = word;
                yield first;
            }
            case "-s", "--session" -> {
                boolean first = session == null;
                session = value();
                sessionOfCommand = command != null;
                yield first && session != null;
            }
            case "--timeout" -> {
                boolean first = patience == null;
                patience = duration(value());
                yield first && patience != null;
            }
            case "--resource-server" -> {
                resourceServer = value();
                yield (isToken() || EXEC.equals(command)) && resourceServer != null;
            }
            case "--header" -> header = isToken();
            case "--json" -> {
                boolean first = !json;
                json = STATUS.equals(command);
                yield first && json;
            }
            case "--variable" -> {
                variable = value();
                yield EXEC.equals(command) && variable != null;
            }
            case "--" -> {
                program = List.copyOf(Arrays.asList(words).subList(next, words.length));
                yield EXEC.equals(command);
            }
            default -> false;
        };
    }

    private CliCommand command(Globals globals) {
        globals.chooseSession(session);
        globals.choosePatience(patience);
        if (json) {
            globals.chooseJson();
        }
        if (program == null) {
            return isToken() ? new TokenCommand(resourceServer, header) : new StatusCommand();
        }
        List<String> own = session != null && sessionOfCommand ? List.of(session) : List.of();
        return new ExecCommand(own, variable, resourceServer, program);
    }

    /** Null when there is none, or when it looks like an option. */
    private @Nullable String value() {
        String word = next < words.length ? words[next++] : "";
        return word.isEmpty() || word.startsWith("-") ? null : word;
    }

    /** Null when it is none: why not is the parser's business, too. */
    private static @Nullable Duration duration(@Nullable String text) {
        try {
            return text == null ? null : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
