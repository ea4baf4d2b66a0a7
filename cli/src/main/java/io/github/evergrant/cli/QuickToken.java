package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Durations;
import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.cli.token.TokenCommand;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shapes of {@code token} that scripts call in a loop, without the parser: it takes longer to load than the
 * token to print. Whatever else stands there is the parser's business.
 */
final class QuickToken {

    private QuickToken() {}

    /** @return the command, with the session noted in the globals; nothing when the parser must look */
    static Optional<CliCommand> read(Globals globals, String... words) {
        String session = null;
        String resourceServer = null;
        Duration patience = null;
        boolean named = false;
        boolean header = false;
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "token" -> {
                    if (named) {
                        return Optional.empty();
                    }
                    named = true;
                }
                case "-s", "--session" -> {
                    if (session != null) {
                        return Optional.empty();
                    }
                    session = value(words, ++i);
                    if (session == null) {
                        return Optional.empty();
                    }
                }
                case "--timeout" -> {
                    patience = patience == null ? duration(value(words, ++i)) : null;
                    if (patience == null) {
                        return Optional.empty();
                    }
                }
                case "--resource-server" -> {
                    resourceServer = value(words, ++i);
                    if (!named || resourceServer == null) {
                        return Optional.empty();
                    }
                }
                case "--header" -> {
                    if (!named) {
                        return Optional.empty();
                    }
                    header = true;
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        if (!named) {
            return Optional.empty();
        }
        globals.chooseSession(session);
        globals.choosePatience(patience);
        return Optional.of(new TokenCommand(resourceServer, header));
    }

    /** Null when there is none, or when it looks like an option. */
    static @Nullable String value(String[] words, int i) {
        return i < words.length && !words[i].startsWith("-") && !words[i].isEmpty() ? words[i] : null;
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
