package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Secrets;
import io.github.evergrant.token.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a login where there are two ways: by OAuth, and by password as it was before. */
final class TastytradeOptions {

    @Option(names = "--oauth", description = "tastytrade: log in by a grant of your OAuth application (the usual way).")
    private boolean oauth;

    @Option(
            names = "--password",
            description = "tastytrade: log in by username and password, which its live service has closed.")
    private boolean password;

    @Option(
            names = "--remember",
            description =
                    "tastytrade, by password: ask for a remember token too, by which the session goes on for a day.")
    private boolean remember;

    @Option(
            names = "--otp",
            paramLabel = "CODE",
            description = "tastytrade, by password: the one-time code; else EVERGRANT_OTP, or it is asked.")
    private @Nullable String code;

    boolean areGiven() {
        return oauth || password || remember || code != null;
    }

    /** Refuses what excludes each other. */
    void requireSound(Person person) {
        if (oauth && (password || remember || code != null || person.isGiven())) {
            throw CliProblem.usage("--oauth excludes username, password, --remember and --otp");
        }
    }

    boolean byOAuth() {
        return oauth;
    }

    /** Whether anything says so that only a login by password has. */
    boolean byPassword(Person person) {
        return password || remember || code != null || person.isGiven();
    }

    boolean remember() {
        return remember;
    }

    Optional<String> code(Invocation it) {
        return Optional.ofNullable(code)
                .or(() -> new Secrets(it).variable("EVERGRANT_OTP").map(Secret::reveal))
                .filter(given -> !given.isBlank());
    }
}
