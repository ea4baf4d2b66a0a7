package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.TokenData;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, killed processes, and many processes at once. */
final class CrashTest {

    private static final boolean FULL = "full".equals(System.getProperty("evergrant.loops"));

    @TempDir
    private Path folder;

    @Test
    @DisplayName("24, W4, DiskFullAfterIntentKeepsTheAnswer: the half of the storage, on a disk that is full")
    void a_disk_that_is_full_after_the_intent_keeps_the_answer_and_the_former_store() throws Exception {
        assumeTrue(Unix.effectiveUser() == 0, "only root can mount; the next test runs as anybody");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString());
        try {
            JsonTokenStorage storage = JsonTokenStorage.open(disk.resolve("tokens.json"));
            store(storage, "DEFAULT", token("rs", "at-1"));
            String before = text(storage.path());
            storage.journal("DEFAULT").write(Map.of("intent", true));
            fill(disk.resolve("filler"));
            assertFull(() -> storage.replace(
                    "DEFAULT", Map.of("rs", token("rs", "at-1").fingerprint()), Map.of("rs", large("at-2"))));
            assertThat(text(storage.path())).isEqualTo(before);
            // Of the 64 kB that are free for it, all: a larger file, which would keep as much free again, cannot be
            // made.
            Map<String, Object> answer = Map.of("answer", "x".repeat(65_530));
            storage.journal("DEFAULT").write(Map.copyOf(answer));
            assertThat(JsonTokenStorage.open(storage.path()).journal("DEFAULT").read())
                    .isEqualTo(answer);
            assertFull(() -> storage.journal("other").write(Map.of("intent", true)));
            assertFull(() -> storage.journal("DEFAULT").write(Map.of("answer", "x".repeat(400_000))));
            assertThat(storage.journal("DEFAULT").read()).isEqualTo(answer);
            try (var files = Files.walk(disk)) {
                assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
            }
            Files.delete(disk.resolve("filler"));
            assertThat(storage.replace(
                            "DEFAULT", Map.of("rs", token("rs", "at-1").fingerprint()), Map.of("rs", large("at-2"))))
                    .isTrue();
        } finally {
            // Lazily: our lock file stays open as long as the JVM.
            run("umount", "-l", disk.toString());
        }
    }

    private static TokenData large(String access) {
        return token("rs", access).withExtra(Map.of("more", "x".repeat(20_000)));
    }

    private static void assertFull(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("disk_full"))
                .hasMessageContaining("intact");
    }

    private static void fill(Path file) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                .as(String.join(" ", words))
                .isZero();
    }

    @Test
    @DisplayName("24, W4, DiskFullAfterIntentKeepsTheAnswer: the half of the storage, with a limit of file size")
    void a_limit_of_file_size_keeps_the_answer_and_the_former_store() {
        Path path = folder.resolve("tokens.json");
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        store(storage, "DEFAULT", token("rs", "at").withExtra(Map.of("more", "x".repeat(900_000))));
        storage.journal("DEFAULT").write(Map.of("intent", true));
        String before = text(path);
        // In blocks of 512 bytes or 1 kB, by the shell: more than a journal, less than the store.
        List<String> limited = List.of("sh", "-c", "ulimit -f 600; exec \"$@\"", "sh");
        try (ForkedJvm other = ForkedJvm.start(limited, StoreProgram.class, storage.address())) {
            assertThat(other.ask("replace DEFAULT more")).isEqualTo("disk_full");
            assertThat(other.ask("journal DEFAULT 60000")).isEqualTo("written");
        }
        assertThat(text(path)).isEqualTo(before);
        assertThat(storage.journal("DEFAULT").read()).isEqualTo(Map.of("answer", "x".repeat(60_000)));
    }

    @Test
    @DisplayName("24, W4: whenever a process is killed, the store is whole and holds what was said to be stored")
    void a_killed_process_leaves_the_store_whole() {
        Path path = folder.resolve("tokens.json");
        JsonTokenStorage storage = JsonTokenStorage.open(path);
        for (int round = 0; round < (FULL ? 40 : 4); round++) {
            int stored = 0;
            try (ForkedJvm other = ForkedJvm.start(StoreProgram.class, storage.address())) {
                other.say("store DEFAULT round-" + round + " 1000");
                while (stored < 5 + 7 * round) {
                    assertThat(other.hear()).isEqualTo("stored " + stored);
                    stored++;
                }
            }
            assertThat(storage.read("DEFAULT")).containsKey("round-" + round + "-" + (stored - 1));
        }
    }

    @Test
    @DisplayName("25, W3: 8 processes each store 50 entries: all 400 are there, and no reader saw half a file")
    void no_entry_of_many_processes_is_lost() throws Exception {
        Path path = folder.resolve("tokens.json");
        String address = JsonTokenStorage.open(path).address();
        List<ForkedJvm> all = new ArrayList<>();
        int reads = 0;
        try {
            for (int i = 0; i < 8; i++) {
                all.add(ForkedJvm.start(StoreProgram.class, address));
            }
            for (int i = 0; i < all.size(); i++) {
                all.get(i).say("store DEFAULT process-" + i + " 50");
            }
            for (ForkedJvm each : all) {
                for (int i = 0; i < 50; i++) {
                    assertThat(each.hear()).isEqualTo("stored " + i);
                    // Raw, without the retries of our own reader.
                    assertThat(Json.readObject(Files.readAllBytes(path))).containsKey("data");
                    reads++;
                }
                assertThat(each.hear()).isEqualTo("done");
            }
        } finally {
            all.forEach(ForkedJvm::close);
        }
        assertThat(reads).isEqualTo(400);
        assertThat(JsonTokenStorage.open(path).read("DEFAULT")).hasSize(400);
    }
}
