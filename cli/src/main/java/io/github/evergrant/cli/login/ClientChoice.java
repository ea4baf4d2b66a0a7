package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which client logs in: the one that is named, the session's own, or the sandbox's. */
final class ClientChoice {

    static final String SECRET_STDIN = "--client-secret-stdin";

    @Option(names = "--client-id", paramLabel = "ID", description = "The OAuth client to log in with.")
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

    void claimInput(Invocation it) {
        int sources = (secretStdin ? 1 : 0) + (secretFile == null ? 0 : 1) + (secretCommand == null ? 0 : 1);
        if (sources > 1) {
            throw CliProblem.usage("give the client's secret in one way");
        }
        if (secretStdin) {
            it.input().claim(SECRET_STDIN);
        }
    }

    /**
     * @param former of the session that is logged in again, with the same provider
     * @param machine whether the client logs in for itself
     * @throws InvalidInput {@code client_id_needed} with the page where one is registered
     */
    Client of(Invocation it, Provider provider, ProviderData data, Optional<SessionFacts> former, boolean machine) {
        Optional<Secret> secret = secret(it);
        Optional<Client> known = former.map(SessionFacts::client)
                .filter(own -> id == null || own.id().equals(id));
        if (id == null && known.isEmpty()) {
            return sandboxClient(provider, data, machine).orElseThrow(() -> needed(data));
        }
        if (secret.isPresent()) {
            return provider.client(id == null ? known.orElseThrow().id() : id, secret.get());
        }
        if (known.isPresent()) {
            return known.get();
        }
        Secret fromVariable =
                new Secrets(it).variable("EVERGRANT_CLIENT_SECRET").orElse(null);
        String named = String.valueOf(id);
        return fromVariable == null ? Client.open(named) : provider.client(named, fromVariable);
    }

    private Optional<Secret> secret(Invocation it) {
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

    private static Optional<Client> sandboxClient(Provider provider, ProviderData data, boolean machine) {
        if (data.base() == null) {
            return Optional.empty();
        }
        return machine ? provider.sandboxMachineClient() : provider.sandboxClient();
    }

    private static InvalidInput needed(ProviderData data) {
        return new InvalidInput(Problem.of("client_id_needed", "a login with " + data.title() + " needs a client id")
                .withAdvice("register one at " + data.registrationPage() + " and give it with --client-id"));
    }
}
