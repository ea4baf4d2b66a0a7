package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.renewal.Freshness;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.Session;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        Map<Kept, Integer> renewals = new LinkedHashMap<>();
        for (int generation = 0; generation < generations; generation++) {
            List<ForkedJvm> all = start();
            try {
                for (int round = 0; round < rounds; round++) {
                    for (Kept kept : Kept.chosen()) {
                        renewals.merge(kept, round(all, kept), Integer::sum);
                    }
                }
            } finally {
                all.forEach(ForkedJvm::close);
            }
        }
        counted.says(generations * rounds + " rounds x " + MANY + " processes, "
                + renewals.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue() + " renewals")
                        .collect(Collectors.joining("; "))
                + "; never a second request, a reuse or another token, and each on disk before a process printed it;"
                + " slowest answer " + slowest.toMillis()
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
    private int round(List<ForkedJvm> all, Kept kept) throws Exception {
        SessionKind kind = kept.session();
        String name = kind.session();
        Path store = Files.createDirectories(folder.resolve(kind + "-" + kept.storage()))
                .resolve("sessions");
        String address = kept.address(store);
        try (Playground playground = new Playground(kind, SandboxSettings.defaults());
                Evergrant door = Evergrant.open(address)) {
            Session session = door.keep(name, playground.login(Duration.ofSeconds(1)), true);
            Awaitility.await().until(() -> freshness(session, kind) == Freshness.SPENT);
            Pair spent = Pair.of(session.standing(), kind.resourceServer());
            int before = playground.renewals();
            long began = System.nanoTime();
            all.forEach(each -> each.say("token " + name + " " + address));
            Set<String> answers = new TreeSet<>();
            all.forEach(each -> answers.add(String.valueOf(each.hear(PATIENCE_SECONDS))));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;

            int renewals = playground.renewals() - before;
            assertThat(renewals).isEqualTo(1);
            assertThat(playground.mostAtOnce()).isLessThanOrEqualTo(1);
            assertThat(playground.reuses()).isZero();
            Pair stored = kept.storage().remains(store).wholePair(name, kind.resourceServer());
            assertThat(stored.access()).isNotEqualTo(spent.access());
            assertThat(stored.refresh().equals(spent.refresh())).isNotEqualTo(kind.isReplaced());
            Secret token = session.token().value();
            assertThat(token.reveal()).isEqualTo(stored.access());
            assertThat(answers)
                    .containsExactly("token " + Fingerprint.ofAccessToken(token).hex() + " " + stored.fingerprint());
            assertThat(playground.accepts(token)).isTrue();
            // What was stored can be renewed in its turn.
            session.renewNow();
            assertThat(playground.reuses()).isZero();
            return renewals;
        }
    }

    private static Freshness freshness(Session session, SessionKind kind) {
        return Objects.requireNonNull(session.standing().records().get(kind.resourceServer()))
                .freshness();
    }
}
