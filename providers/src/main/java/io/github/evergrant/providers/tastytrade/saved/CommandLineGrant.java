package io.github.evergrant.providers.tastytrade.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.token.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The grant that the Python command line {@code ttcli} is configured with: section {@code general} of an INI file. */
public final class CommandLineGrant {

    private CommandLineGrant() {}

    /** Where that program looks, below a home folder. */
    public static Path file(Path home) {
        return home.resolve(".config").resolve("ttcli").resolve("ttcli.cfg");
    }

    /**
     * Reads it.
     *
     * @throws InvalidInput {@code session_malformed} when it holds no grant; older releases of that program had a password there
     */
    public static SerializedSession read(String text) {
        Map<String, String> general = new HashMap<>();
        boolean here = false;
        for (String line : text.split("\\R", -1)) {
            String words = line.strip();
            int at = words.indexOf('=');
            int colon = words.indexOf(':');
            int end = at < 0 || (colon >= 0 && colon < at) ? colon : at;
            if (words.startsWith("[")) {
                here = words.equals("[general]");
            } else if (here && end > 0 && !words.startsWith("#") && !words.startsWith(";")) {
                general.put(
                        words.substring(0, end).strip().toLowerCase(Locale.ROOT),
                        // Python's reader takes a percent sign for the beginning of a reference.
                        words.substring(end + 1).strip().replace("%%", "%"));
            }
        }
        String secret = general.getOrDefault("client_secret", "");
        String token = general.getOrDefault("refresh_token", "");
        if (secret.isEmpty() || token.isEmpty()) {
            throw new InvalidInput(
                    Problem.of("session_malformed", "its section \"general\" has no client_secret and refresh_token")
                            .withAdvice("log in by OAuth"));
        }
        return SerializedSession.ofGrant(false, Secret.of(secret), Secret.of(token));
    }
}
