package io.github.evergrant.storage.sqlite;

import static io.github.evergrant.storage.sqlite.SqliteFiles.assertFails;
import static io.github.evergrant.storage.sqlite.SqliteFiles.bytes;
import static io.github.evergrant.storage.sqlite.SqliteFiles.query;
import static io.github.evergrant.storage.sqlite.SqliteFiles.store;
import static io.github.evergrant.storage.sqlite.SqliteFiles.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.testing.Powerless;
import io.github.evergrant.token.TokenData;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that take nothing more, or nothing at all. */
final class FullDiskTest {

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void makeDisk() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                .as(String.join(" ", words))
                .isZero();
    }

    private void mount() throws IOException, InterruptedException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(disk, "unix:uid")), "only root can mount");
        run("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString());
    }

    private void unmount() throws IOException, InterruptedException {
        // Lazily: our lock file stays open as long as the JVM.
        run("umount", "-l", disk.toString());
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

    private static TokenData large(String access) {
        return token("rs", access).withExtra(Map.of("more", "x".repeat(50_000)));
    }

    private static void assertFull(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("disk_full"))
                .hasMessageContaining("intact");
    }

    @Test
    @DisplayName("DiskFullAfterIntentKeepsTheAnswer: the half of the storage, on a disk that is full")
    void a_full_disk_keeps_the_answer_and_the_former_records() throws Exception {
        mount();
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(disk.resolve("tokens.db"))) {
            store(storage, "DEFAULT", token("rs", "at-1"));
            storage.journal("DEFAULT").write(Map.of("intent", true));
            fill(disk.resolve("filler"));
            Map<String, io.github.evergrant.token.Fingerprint> seen =
                    Map.of("rs", token("rs", "at-1").fingerprint());
            assertFull(() -> storage.replace("DEFAULT", seen, Map.of("rs", large("at-2"))));
            assertFull(() -> store(storage, "other", large("at")));
            assertFull(() -> SqliteTokenStorage.open(disk.resolve("new.db"))
                    .replace("DEFAULT", Map.of(), Map.of("rs", large("at"))));
            assertThat(disk.resolve("new.db")).doesNotExist();
            storage.journal("DEFAULT").write(Map.of("answer", "x".repeat(60_000)));
            assertThat(storage.read("DEFAULT")).isEqualTo(Map.of("rs", token("rs", "at-1")));
            assertThat(storage.namespaces()).containsExactly("DEFAULT");
            try (var files = Files.list(disk)) {
                assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
            }
            Files.delete(disk.resolve("filler"));
            assertThat(storage.replace("DEFAULT", seen, Map.of("rs", large("at-2"))))
                    .isTrue();
            assertThat(query(storage.path(), "pragma integrity_check")).containsExactly("ok");
        } finally {
            unmount();
        }
    }

    @Test
    void a_disk_that_became_read_only_is_still_read() throws Exception {
        mount();
        Path path = disk.resolve("tokens.db");
        try {
            try (ForkedJvm other = SqliteProgram.start(folder)) {
                assertThat(other.hear()).startsWith("ready");
                other.ask("use sqlite:" + path);
                assertThat(other.ask("replace DEFAULT rs")).isEqualTo("true");
            }
            run("mount", "-o", "remount,ro", disk.toString());
            try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
                assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
                assertThat(storage.namespaces()).containsExactly("DEFAULT");
                // The lock is what cannot be had first.
                assertFails("lock_failed", path, () -> store(storage, "DEFAULT", token("rs2", "at")));
                assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
            }
        } finally {
            unmount();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_leaves_the_database_readable() throws Exception {
        Path path = disk.resolve("tokens.db");
        store(SqliteTokenStorage.open(path), "DEFAULT", token("rs", "at"));
        byte[] before = bytes(path);
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("r-x------"));
        try (ForkedJvm other = SqliteProgram.start(Powerless.words(), folder)) {
            assertThat(other.hear()).startsWith("ready");
            other.ask("use sqlite:" + path);
            assertThat(other.ask("read DEFAULT rs")).isEqualTo("at");
            // The journal of a transaction would stand beside it.
            assertThat(other.ask("replace DEFAULT more")).isEqualTo("store_unwritable");
            assertThat(other.ask("journal DEFAULT 10")).isEqualTo("store_unwritable");
            assertThat(other.ask("read DEFAULT rs")).isEqualTo("at");
        } finally {
            Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(bytes(path)).isEqualTo(before);
    }

    @Test
    void a_database_that_cannot_be_read_is_named() throws Exception {
        Path path = disk.resolve("tokens.db");
        store(SqliteTokenStorage.open(path), "DEFAULT", token("rs", "at"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        try (ForkedJvm other = SqliteProgram.start(Powerless.words(), folder)) {
            assertThat(other.hear()).startsWith("ready");
            other.ask("use sqlite:" + path);
            assertThat(other.ask("read DEFAULT rs")).isEqualTo("store_unreadable");
            assertThat(other.ask("replace DEFAULT more")).isEqualTo("store_unwritable");
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        assertThat(SqliteTokenStorage.open(path).read("DEFAULT")).containsOnlyKeys("rs");
    }

    @Test
    void a_database_alone_on_a_read_only_disk_cannot_be_written() throws Exception {
        mount();
        Path real = disk.resolve("tokens.db");
        Path path = folder.resolve("beside.db");
        try {
            try (ForkedJvm other = SqliteProgram.start(folder)) {
                assertThat(other.hear()).startsWith("ready");
                other.ask("use sqlite:" + real);
                assertThat(other.ask("replace DEFAULT rs")).isEqualTo("true");
            }
            run("mount", "-o", "remount,ro", disk.toString());
            Files.createFile(path);
            run("mount", "--bind", real.toString(), path.toString());
            try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
                assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
                assertFails("store_unwritable", path, () -> store(storage, "DEFAULT", token("rs2", "at")));
                assertFails("store_unwritable", path, () -> storage.remove("DEFAULT"));
                assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
            } finally {
                run("umount", "-l", path.toString());
            }
        } finally {
            unmount();
        }
    }

    @Test
    @DisplayName("DiskFullAfterIntentKeepsTheAnswer: the half of the storage, with a limit of file size")
    void a_limit_of_file_size_keeps_the_answer_and_the_former_records() {
        Path path = folder.resolve("tokens.db");
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(path)) {
            store(storage, "DEFAULT", token("rs", "at").withExtra(Map.of("more", "x".repeat(900_000))));
            storage.journal("DEFAULT").write(Map.of("intent", true));
            // In blocks of 512 bytes or 1 kB, by the shell: more than a journal, less than the database.
            List<String> limited = List.of("sh", "-c", "ulimit -f 600; exec \"$@\"", "sh");
            try (ForkedJvm other = SqliteProgram.start(limited, folder)) {
                assertThat(other.hear()).isEqualTo("ready free");
                assertThat(other.ask("use " + storage.address())).isEqualTo("using");
                // What a limit stops, SQLite does not tell from what a broken disk stops.
                assertThat(other.ask("large DEFAULT more")).isEqualTo("store_unwritable");
                assertThat(other.ask("journal DEFAULT 60000")).isEqualTo("written");
            }
            assertThat(query(path, "pragma integrity_check")).containsExactly("ok");
            assertThat(storage.read("DEFAULT")).containsOnlyKeys("rs");
            assertThat(storage.journal("DEFAULT").read()).isEqualTo(Map.of("answer", "x".repeat(60_000)));
        }
    }

    @Test
    void a_library_that_cannot_be_unpacked_is_said_to_be_missing() {
        List<String> limited = List.of("sh", "-c", "ulimit -f 600; exec \"$@\"", "sh");
        try (ForkedJvm other = ForkedJvm.start(limited, SqliteProgram.class, folder.toString())) {
            assertThat(other.hear()).isEqualTo("ready impossible");
            other.ask("use sqlite:" + folder.resolve("tokens.db"));
            assertThat(other.ask("replace DEFAULT rs")).isEqualTo("sqlite_missing");
        }
        assertThat(folder.resolve("tokens.db")).doesNotExist();
    }
}
