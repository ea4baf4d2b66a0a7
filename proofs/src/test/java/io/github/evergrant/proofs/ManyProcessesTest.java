package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.renewal.Freshness;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes want the successor of one spent token at once, and one of them fetches it for all. */
@Tag("counted")
final class ManyProcessesTest {

    private static final int MANY = 64;
    /** Long: all of them load their classes at once, on few processors. */
    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    private Path folder;

    private Duration slowest = Duration.ZERO;

    @Test
    void many_processes_on_one_spent_token_renew_once_round_after_round() throws Exception {
        Counted counted = new Counted("processes");
        int generations = Counted.times(1, 4);
        int rounds = Counted.times(1, 5);
        Map<StorageKind, Integer> renewals = new EnumMap<>(StorageKind.class);
        for (int generation = 0; generation < generations; generation++) {
            List<ForkedJvm> all = start();
            try {
                for (int round = 0; round < rounds; round++) {
                    for (StorageKind kind : StorageKind.chosen()) {
                        renewals.merge(kind, round(all, kind), Integer::sum);
                    }
                }
            } finally {
                all.forEach(ForkedJvm::close);
            }
        }
        counted.says(generations * rounds + " rounds x " + MANY + " processes on "
                + renewals.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue() + " renewals")
                        .collect(Collectors.joining("; on "))
                + "; never a second request, a reuse or another token; slowest answer " + slowest.toMillis()
                + " ms after the start of its round");
        assertThat(renewals.values()).containsOnly(generations * rounds);
    }

    /** Those of one generation are new in their first rounds, and know the way in the later ones. */
    private static List<ForkedJvm> start() {
        List<ForkedJvm> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(ForkedJvm.start(SessionProgram.class));
        }
        all.forEach(each -> assertThat(each.hear(PATIENCE_SECONDS)).isEqualTo("ready"));
        return all;
    }

    /** @return how many renewals the sandbox saw */
    private int round(List<ForkedJvm> all, StorageKind kind) {
        PlayedProvider provider = kind.provider();
        String address = kind.address(folder.resolve("sessions." + kind));
        try (Playground playground = new Playground(provider, SandboxSettings.defaults());
                Evergrant door = Evergrant.open(address)) {
            door.keep(provider.session(), playground.login(Duration.ofSeconds(1)), true);
            Awaitility.await().until(() -> freshness(door, provider) == Freshness.SPENT);
            long began = System.nanoTime();
            all.forEach(each -> each.say("token " + provider.session() + " " + address));
            Set<String> tokens = new TreeSet<>();
            all.forEach(each -> tokens.add(String.valueOf(each.hear(PATIENCE_SECONDS))));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;

            assertThat(playground.refreshes()).isEqualTo(1);
            assertThat(playground.mostAtOnce()).isEqualTo(1);
            assertThat(playground.reuses()).isZero();
            Secret token = door.session(provider.session()).token().value();
            assertThat(tokens)
                    .containsExactly("token " + Fingerprint.ofAccessToken(token).hex());
            assertThat(playground.accepts(token)).isTrue();
            return playground.refreshes();
        }
    }

    private static Freshness freshness(Evergrant door, PlayedProvider provider) {
        Standing standing = door.session(provider.session()).standing();
        return Objects.requireNonNull(standing.records().get(provider.resourceServer()))
                .freshness();
    }
}
