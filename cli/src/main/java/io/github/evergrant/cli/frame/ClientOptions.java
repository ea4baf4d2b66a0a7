package io.github.evergrant.cli.frame;

import io.github.evergrant.token.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name an OAuth client, and say where its secret comes from. */
public final class ClientOptions {

    private static final String SECRET_STDIN = "--client-secret-stdin";

    @Option(names = "--client-id", paramLabel = "ID", description = "The OAuth client.")
    private @Nullable String id;

    @Option(names = SECRET_STDIN, description = "Read the client's secret from standard input.")
    private boolean secretStdin;

    @Option(names = "--client-secret-file", paramLabel = "F", description = "Read the client's secret from a file.")
    private @Nullable String secretFile;

    @Option(
            names = "--client-secret-command",
            paramLabel = "C",
            description = "Take what this command prints as the client's secret.")
    private @Nullable String secretCommand;

    /** Refuses a secret that comes from two places, and claims standard input if it is read. */
    public void claimInput(Invocation it) {
        int sources = (secretStdin ? 1 : 0) + (secretFile == null ? 0 : 1) + (secretCommand == null ? 0 : 1);
        if (sources > 1) {
            throw CliProblem.usage("give the client's secret in one way");
        }
        if (secretStdin) {
            it.input().claim(SECRET_STDIN);
        }
    }

    /** Whether any of them was given. */
    public boolean areGiven() {
        return id != null || secretStdin || secretFile != null || secretCommand != null;
    }

    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The secret that an option leads to; reads standard input or runs a command. */
    public Optional<Secret> secret(Invocation it) {
        Secrets secrets = new Secrets(it);
        if (secretStdin) {
            return Optional.of(secrets.standardInput(SECRET_STDIN));
        }
        if (secretFile != null) {
            return Optional.of(secrets.file("--client-secret-file", secretFile));
        }
        return secretCommand == null
                ? Optional.empty()
                : Optional.of(secrets.command("--client-secret-command", secretCommand));
    }

    /** The secret of a client that no option says anything of. */
    public static Optional<Secret> fromVariable(Invocation it) {
        return new Secrets(it).variable("EVERGRANT_CLIENT_SECRET");
    }
}
