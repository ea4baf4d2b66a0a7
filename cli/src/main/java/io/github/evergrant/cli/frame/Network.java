package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.providers.globus.GlobusVariables;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How connections are made, and whether a sandbox stands for the providers. For one thread. */
final class Network {

    private final Invocation it;
    private final Globals globals;

    Network(Invocation it, Globals globals) {
        this.it = it;
        this.globals = globals;
    }

    Optional<URI> sandbox() {
        String address = it.outside().variable("EVERGRANT_SANDBOX");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            if (Addresses.isAllowed(uri) && Addresses.isLoopback(uri)) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw notLoopback(e);
        }
        throw notLoopback(null);
    }

    HttpSettings settings() {
        HttpSettings settings = HttpSettings.fromEnvironment(it.outside().environment());
        Path caFile = globals.caFile;
        String variable = it.outside().variable("SSL_CERT_FILE");
        if (caFile != null) {
            settings = settings.withCaFile(it.path(caFile.toString()));
        } else if (!variable.isEmpty()) {
            settings = settings.withCaFile(it.path(variable));
        }
        return settings.withInsecureSkipTlsVerify(globals.insecure);
    }

    /** What sends, by these settings; to Globus by its own variable, unless a flag says otherwise. */
    HttpSender sender() {
        HttpSettings settings = settings();
        InstantSource clock = it.outside().clock();
        return isFlagged() || !globus().sayWhomToTrust()
                ? new JdkHttpSender(settings, clock)
                : GlobusTrust.of(globus(), settings, clock);
    }

    /**
     * Before a session of Globus is used.
     *
     * @throws InvalidInput when {@code GLOBUS_SDK_VERIFY_SSL} means nothing that may be done
     */
    void requireSoundForGlobus() {
        if (!isFlagged()) {
            globus().trust(HttpSettings.defaults());
        }
    }

    private boolean isFlagged() {
        return globals.caFile != null || globals.insecure;
    }

    private GlobusVariables globus() {
        return new GlobusVariables(it.outside().environment());
    }

    private static InvalidInput notLoopback(@Nullable Throwable cause) {
        return new InvalidInput(Problem.of(
                        "sandbox_not_loopback",
                        "EVERGRANT_SANDBOX must be an address on this machine, such as http://127.0.0.1:8765")
                .withCause(cause));
    }
}
