package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Renewals by processes that are killed, stopped, asked to end, or kept from their disk; the test is the provider. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait for deadlines.
final class RenewalProcessTest {

    private final List<ForkedJvm> processes = new ArrayList<>();
    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void logIn(@TempDir Path folder) {
        this.folder = folder;
        this.file = Stage.file(folder, "tokens");
        logIn(file, TRANSFER, GROUPS);
    }

    private static void logIn(Path file, String... resourceServers) {
        TokenData[] all = new TokenData[resourceServers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = TokenData.bearer(
                            resourceServers[i],
                            Secret.of("old-" + i),
                            Expiry.at(Instant.now().minusSeconds(1)))
                    .withRefreshToken(Secret.of("refresh-" + i));
        }
        try (TokenStorage storage = TokenStorages.open(Stage.address(file))) {
            new SessionRecords(storage, "tour")
                    .keepLogin(
                            TokenResponse.of(Instant.now().minusSeconds(900), all),
                            before -> new Admission.Admitted(Map.of(), Admission.Keep.OTHERS));
        }
    }

    @AfterEach
    void killAll() {
        processes.forEach(ForkedJvm::close);
    }

    private ForkedJvm process() {
        return process(List.of(), file);
    }

    private ForkedJvm process(List<String> before, Path store) {
        ForkedJvm process = ForkedJvm.start(before, RenewalProgram.class, Stage.address(store));
        processes.add(process);
        assertThat(process.hear()).isEqualTo("ready");
        return process;
    }

    @Test
    void a_process_that_waits_leaves_with_what_the_other_fetched() {
        ForkedJvm first = process();
        ForkedJvm second = process();
        assertThat(first.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        assertThat(second.ask("obtain " + TRANSFER + " 30")).isEqualTo("waits");
        assertThat(first.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
        assertThat(second.hear()).isEqualTo("got new-0");
    }

    @Test
    void a_killed_owner_is_redriven_at_once_with_the_same_refresh_token() {
        ForkedJvm first = process();
        ForkedJvm second = process();
        assertThat(first.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        first.kill();
        assertThat(second.ask("standing")).isEqualTo("standing in-doubt");
        assertThat(second.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        assertThat(second.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
        assertThat(second.ask("standing")).isEqualTo("standing settled");
    }

    @Test
    void oneReplyTwoServersIsAtomicUnderKill() {
        String answer = "grant " + TRANSFER + " new-0 refresh-0b " + GROUPS + " new-1 refresh-1b";
        for (int round = 0; round < 10; round++) {
            logIn(file, TRANSFER, GROUPS);
            ForkedJvm process = process();
            assertThat(process.ask("renew " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
            process.say(answer);
            // From the answer's arrival on, ever later: before, in the middle of, and after its save.
            awaitNanos(round * 2_000_000L);
            process.kill();
            Set<String> ages = read(file).values().stream()
                    .map(data -> data.accessToken().reveal().substring(0, 3))
                    .collect(Collectors.toSet());
            assertThat(ages).as("round " + round).isIn(Set.of("old"), Set.of("new"));
            ForkedJvm heir = process();
            heir.say("obtain " + GROUPS + " 30");
            String said = heir.hear();
            // The answer was durable, and counts for both; or it was not, and nothing of it is there.
            assertThat(said).as("round " + round).isIn("got new-1", "sends refresh-1", "sends refresh-0");
            heir.kill();
        }
    }

    @Test
    void statusKeepsLocks() {
        ForkedJvm owner = process();
        ForkedJvm other = process();
        assertThat(owner.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        // Looking at the session, from the owner's own process as well, must not drop its lease.
        for (int i = 0; i < 20; i++) {
            assertThat(owner.ask("standing")).isEqualTo("standing settled");
            assertThat(other.ask("standing")).isEqualTo("standing settled");
        }
        assertThat(other.ask("obtain " + TRANSFER + " 1")).isEqualTo("waits");
        assertThat(other.hear()).startsWith("failed renewal_blocked");
        assertThat(owner.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
        assertThat(other.ask("obtain " + TRANSFER + " 30")).isEqualTo("got new-0");
    }

    @Test
    void stoppedHolderDoesNotBlockForEver() throws Exception {
        ForkedJvm stopped = process();
        ForkedJvm other = process();
        assertThat(stopped.ask("obtain " + TRANSFER + " 60")).isEqualTo("sends refresh-0");
        signal("STOP", stopped);
        long began = System.nanoTime();
        // Until the intent's end, twenty seconds, its owner may be working.
        assertThat(other.ask("obtain " + TRANSFER + " 40")).isEqualTo("waits");
        assertThat(other.hear()).isEqualTo("sends refresh-0");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(other.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
        signal("CONT", stopped);
        // Its own answer, the same inside the provider's grace, finds the record moved and changes nothing.
        assertThat(stopped.ask("grant " + TRANSFER + " late-0 refresh-late")).isEqualTo("got new-0");
        assertThat(stored(TRANSFER)).isEqualTo("new-0");
    }

    @Test
    void exitWaitsForSave() throws Exception {
        ForkedJvm process = process();
        assertThat(process.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        signal("TERM", process);
        // The answer comes while the process is going down, and is not lost.
        process.say("grant " + TRANSFER + " new-0 refresh-0b");
        assertThat(process.end()).isEqualTo(143);
        assertThat(stored(TRANSFER)).isEqualTo("new-0");
    }

    @Test
    @DisplayName("W25, DiskFullAfterIntentKeepsTheAnswer: the answer outlives its process and is saved later")
    void diskFullAfterIntentKeepsTheAnswer() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("a small disk is mounted by root only")
                .isEqualTo("root");
        Path small = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", small.toString());
        try {
            Path store = Stage.file(small, "tokens");
            logIn(store, TRANSFER);
            ForkedJvm process = process(List.of(), store);
            assertThat(process.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
            fill(small.resolve("filler"));
            assertThat(process.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
            assertThat(access(store, TRANSFER)).isEqualTo("old-0");
            process.kill();
            // Another process serves the answer from the journal, and saves it once there is room.
            ForkedJvm other = process(List.of(), store);
            assertThat(other.ask("obtain " + TRANSFER + " 30")).isEqualTo("got new-0");
            Files.delete(small.resolve("filler"));
            assertThat(other.ask("obtain " + TRANSFER + " 30")).isEqualTo("got new-0");
            Awaitility.await().until(() -> access(store, TRANSFER).equals("new-0"));
        } finally {
            killAll();
            // Lazily: a lock file stays open as long as its JVM lives, and ours has looked into the store.
            run("umount", "-l", small.toString());
        }
    }

    @Test
    @DisplayName("W25, CorruptStoreAtSaveKeepsTheAnswer: a save that fails is made good by whoever asks next")
    void corruptStoreAtSaveKeepsTheAnswer() throws Exception {
        ForkedJvm process = process();
        assertThat(process.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        byte[] good = Files.readAllBytes(file);
        Files.writeString(file, "{\"data\": {\"tour\"");
        assertThat(process.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
        assertThat(Files.readString(file)).isEqualTo("{\"data\": {\"tour\"");
        Files.write(file, good);
        assertThat(process.ask("obtain " + TRANSFER + " 30")).isEqualTo("got new-0");
        Awaitility.await().until(() -> stored(TRANSFER).equals("new-0"));
    }

    @Test
    void endpointDownManyProcessesOneFailure() {
        List<ForkedJvm> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(process());
        }
        ForkedJvm first = all.remove(0);
        assertThat(first.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        all.forEach(other -> other.say("obtain " + TRANSFER + " 30"));
        all.forEach(other -> assertThat(other.hear()).isEqualTo("waits"));
        assertThat(first.ask("unavailable")).startsWith("failed unavailable");
        all.forEach(other -> assertThat(other.hear()).startsWith("failed unavailable"));
        assertThat(first.ask("obtain " + TRANSFER + " 30")).isEqualTo("sends refresh-0");
        assertThat(first.ask("grant " + TRANSFER + " new-0 refresh-0b")).isEqualTo("got new-0");
    }

    private String stored(String resourceServer) {
        return access(file, resourceServer);
    }

    private static String access(Path store, String resourceServer) {
        return Objects.requireNonNull(read(store).get(resourceServer))
                .accessToken()
                .reveal();
    }

    private static Map<String, TokenData> read(Path store) {
        try (TokenStorage storage = TokenStorages.open(Stage.address(store))) {
            return storage.read("tour");
        }
    }

    private static void awaitNanos(long nanos) {
        long end = System.nanoTime() + nanos;
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> System.nanoTime() > end);
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            byte[] some = "x".repeat(1024).getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(some);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
    }

    private static void signal(String name, ForkedJvm process) throws Exception {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
