package io.github.evergrant.cli;

import io.github.evergrant.cli.exec.ExecCommand;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Globals;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shapes of {@code exec} that scripts use, without the parser, as {@link QuickToken} does those of {@code token}:
 * with at most one session, and the program behind {@code --}.
 */
final class QuickExec {

    private QuickExec() {}

    /** @return the command, with the session noted in the globals; nothing when the parser must look */
    static Optional<CliCommand> read(Globals globals, String... words) {
        String session = null;
        String variable = null;
        String resourceServer = null;
        boolean named = false;
        boolean sessionIsItsOwn = false;
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "exec" -> {
                    if (named) {
                        return Optional.empty();
                    }
                    named = true;
                }
                case "-s", "--session" -> {
                    if (session != null) {
                        return Optional.empty();
                    }
                    session = QuickToken.value(words, ++i);
                    sessionIsItsOwn = named;
                    if (session == null) {
                        return Optional.empty();
                    }
                }
                case "--variable" -> {
                    variable = QuickToken.value(words, ++i);
                    if (!named || variable == null) {
                        return Optional.empty();
                    }
                }
                case "--resource-server" -> {
                    resourceServer = QuickToken.value(words, ++i);
                    if (!named || resourceServer == null) {
                        return Optional.empty();
                    }
                }
                case "--" -> {
                    return named
                            ? Optional.of(command(
                                    globals,
                                    session,
                                    sessionIsItsOwn,
                                    variable,
                                    resourceServer,
                                    Arrays.asList(words).subList(i + 1, words.length)))
                            : Optional.empty();
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static CliCommand command(
            Globals globals,
            @Nullable String session,
            boolean sessionIsItsOwn,
            @Nullable String variable,
            @Nullable String resourceServer,
            List<String> program) {
        globals.chooseSession(session);
        List<String> sessions = session != null && sessionIsItsOwn ? List.of(session) : List.of();
        return new ExecCommand(sessions, variable, resourceServer, List.copyOf(program));
    }
}
