package io.github.evergrant.login.browser;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Cleaned;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that shows a web page to a person. Immutable and safe for many threads.
 *
 * <p>It is started with a list of arguments, never through a shell. Other users of the machine may see its arguments, as
 * they may those of any program. Our own variables and those that hold secrets are kept from it.
 */
public final class SystemBrowser {

    static final String NONE = "none";

    /** What stands for the address in a command; without it, the address comes last. */
    private static final String PLACE = "%s";

    /** They need the terminal we run in, and few providers' pages work in them. */
    private static final Set<String> TEXT_BROWSERS =
            Set.of("lynx", "www-browser", "links", "links2", "elinks", "w3m", "browsh");

    /** Variables of ours, and those in which other programs keep secrets: whatever a page starts would inherit them. */
    private static final Pattern SECRET = Pattern.compile(
            "EVERGRANT_.*|(.*_)?CLIENT_SECRET(_.*)?|(.*_)?(ACCESS|REFRESH)_TOKEN|(.*_)?PASSWORD|TAPIS_TOKEN|TT_SECRET"
                    + "|TT_REFRESH",
            Pattern.CASE_INSENSITIVE);

    private final List<String> words;

    /** @param words the program and its first arguments */
    SystemBrowser(List<String> words) {
        this.words = List.copyOf(words);
    }

    /**
     * A browser by the command that starts it: words with spaces between them, which quotes hold together. {@code %s}
     * stands for the address; without it, the address is the last argument.
     *
     * @throws InvalidInput {@code browser_unusable} when it is empty or a browser without windows
     */
    public static SystemBrowser command(String command) {
        return ifUsable(command)
                .orElseThrow(
                        () -> unusable("'" + Cleaned.text(command) + "' is no browser with a window of its own", null));
    }

    static Optional<SystemBrowser> ifUsable(String command) {
        List<String> words = split(command);
        boolean usable = !words.isEmpty() && !TEXT_BROWSERS.contains(fileName(words.get(0)));
        return usable ? Optional.of(new SystemBrowser(words)) : Optional.empty();
    }

    /**
     * Opens an address and does not wait: a browser may run as long as the person likes.
     *
     * @param ifItFails told on another thread, in words, when the program ends in failure
     * @throws InvalidInput {@code browser_unusable} when it cannot be started
     */
    public void open(URI address, Consumer<String> ifItFails) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(arguments(address))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(SystemBrowser::isSecret);
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw unusable("the browser '" + name() + "' cannot be started", e);
        }
        // Never waited for: it may outlive us.
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> {
            if (ended.exitValue() != 0) {
                ifItFails.accept("the browser '" + name() + "' ended with " + ended.exitValue());
            }
        });
    }

    /** The program's name, for messages. */
    public String name() {
        return Cleaned.text(fileName(words.get(0)));
    }

    List<String> arguments(URI address) {
        List<String> all = new ArrayList<>();
        boolean placed = false;
        for (String word : words) {
            placed |= word.contains(PLACE);
            all.add(word.replace(PLACE, address.toString()));
        }
        if (!placed) {
            all.add(address.toString());
        }
        return all;
    }

    static boolean isSecret(String variable) {
        return SECRET.matcher(variable).matches();
    }

    /** Words as a shell's, as far as quotes go; a backslash is one, since Windows has them in paths. */
    static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                begun = true;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words.isEmpty() || words.get(0).isBlank() ? List.of() : words;
    }

    private static String fileName(String program) {
        Path name = Path.of(program).getFileName();
        return name == null ? program : name.toString();
    }

    private static InvalidInput unusable(String message, @Nullable Throwable cause) {
        return new InvalidInput(Problem.of("browser_unusable", message)
                .withAdvice("name another browser, or none to open the address yourself")
                .withCause(cause));
    }
}
