package io.github.evergrant.cli.sandbox;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves until it is ended by a signal. */
@Command(
        name = "sandbox",
        description = {
            "Serves an authorization server on 127.0.0.1 that plays the providers, until it is ended (Ctrl-C). One line"
                    + " of JSON says when it is ready and where everything is; it keeps everything in memory.",
            "",
            "To use it, in another terminal: export EVERGRANT_SANDBOX=BASE, BASE as in that line.",
            "",
            "People, who sign in on its pages:",
            "  demo with demo-password, other with other-password",
            "Clients of its Globus:",
            "  61338d24-54d5-408f-a10d-66c06b59f6d2, a native client without a secret",
            "  aaaaaaaa-0000-4000-8000-000000000001 with the secret sandbox-globus-secret",
            "Tenants of its Agave: 3dem, designsafe, sd2e, sgci, tacc.prod; a client of demo's in each of them:",
            "  sandbox-agave-key with the secret sandbox-agave-secret; demo may ask for anybody's token",
            "App credentials of demo's at its SpatiaFi:",
            "  bbbbbbbb-0000-4000-8000-000000000001 with the secret sandbox-spatiafi-secret-0123456789-abcdefgh",
            "Collections of its Globus, for evergrant ls:",
            "  Globus Tutorial Collection 1, Globus Tutorial Collection 2; Private Collection is other's",
            "Calls to arrange things, below BASE:",
            "  GET  /_sandbox/stats             what was asked, refused, reused",
            "  GET  /_sandbox/requests?since=N  the last 1,000 requests as received",
            "  POST /_sandbox/grant             a token reply, as after a login:",
            "         {\"dialect\":\"globus\",\"user\":\"demo\",\"expires_in\":60}",
            "  POST /_sandbox/lifetime          {\"dialect\":\"globus\",\"seconds\":60}: of new access tokens",
            "  POST /_sandbox/expire            {\"dialect\":\"globus\"}: access tokens end now",
            "  POST /_sandbox/faults            a list of rules, an empty one clears them:",
            "         [{\"kind\":\"token.refresh\",\"do\":\"status\",\"status\":503}]",
            "  POST /_sandbox/reset             forgets everything"
        },
        footer = {"  evergrant sandbox --port 8765", "  evergrant sandbox --access-token-lifetime 10s --reuse-grace 5s"
        })
public final class SandboxCommand implements CliCommand {

    /** As they are typed. */
    static final class Rotations implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SandboxSettings.Rotation.values())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    private static final SandboxSettings DEFAULTS = SandboxSettings.defaults();

    @Option(names = "--port", paramLabel = "N", description = "The port on 127.0.0.1; without it, or 0, a free one.")
    private int port;

    @Option(
            names = "--access-token-lifetime",
            paramLabel = "D",
            description = "How long an access token lives: 10s, 15m; without it 15 minutes.")
    private Duration lifetime = DEFAULTS.accessTokenLifetime();

    @Option(
            names = "--rotate",
            paramLabel = "always|never",
            completionCandidates = Rotations.class,
            description = "Whether each refresh replaces the refresh token; without it, always.")
    private SandboxSettings.Rotation rotate = DEFAULTS.rotate();

    @Option(
            names = "--reuse-grace",
            paramLabel = "D",
            description = "How long a replaced refresh token gets the same answer again; without it, not at all.")
    private Duration reuseGrace = DEFAULTS.reuseGrace();

    @Option(names = "--latency", paramLabel = "D", description = "How long each request waits before its work.")
    private Duration latency = DEFAULTS.latency();

    @Option(names = "--seed", paramLabel = "N", description = "Makes tokens, codes and keys the same in every run.")
    private @Nullable Long seed;

    @Override
    public int run(Invocation it) {
        try (Sandbox sandbox = start(settings())) {
            it.voice().print(sandbox.readyLine());
            it.voice().say("evergrant: export EVERGRANT_SANDBOX=" + sandbox.base());
            // Only a signal ends it, which ends the process; an interrupt ends it for a program that is our host.
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exits.INTERRUPTED;
        }
    }

    private SandboxSettings settings() {
        try {
            SandboxSettings settings = DEFAULTS.withPort(port)
                    .withAccessTokenLifetime(lifetime)
                    .withRotate(rotate)
                    .withReuseGrace(reuseGrace)
                    .withLatency(latency);
            return seed == null ? settings : settings.withSeed(seed);
        } catch (IllegalArgumentException e) {
            throw CliProblem.usage(String.valueOf(e.getMessage()));
        }
    }

    private Sandbox start(SandboxSettings settings) {
        try {
            return Sandbox.start(settings);
        } catch (UncheckedIOException e) {
            throw CliProblem.of(
                    Exits.USAGE,
                    "port_taken",
                    "the sandbox cannot listen on port " + port + " of 127.0.0.1; another program may have it",
                    null,
                    "evergrant sandbox --port 0");
        }
    }
}
