package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.testing.Powerless;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks and locks as nobody wants them: one line says what is wrong, the next what to run, and nothing is lost. */
final class BadDiskTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path folder;

    private Path home = Path.of("");
    private Shell shell = new Shell(Path.of(""));

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        shell = play.shell(home);
    }

    private Path use(String scheme, Path path) {
        shell.with("EVERGRANT_STORE", scheme + ":" + path);
        return path;
    }

    private Ran logIn(String session) {
        return shell.runWith(play.grantGroups(), "login", "globus", "-s", session, "--token-response-stdin");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void a_database_that_is_locked_is_named_and_tried_again() throws SQLException {
        Path path = use("sqlite", home.resolve("sessions.db"));
        logIn("tour").exits(0);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            statement.execute("begin exclusive");
            shell.run("token", "-s", "tour")
                    .exits(6)
                    .printsNothing()
                    .says("For 5 s another program has held the token store " + path)
                    .advises("evergrant token -s tour");
            statement.execute("rollback");
        }
        shell.run("token", "-s", "tour").isQuiet();
    }

    @Test
    void a_file_whose_lock_is_held_serves_what_it_has_and_keeps_nothing_new() {
        Path path = use("json", home.resolve("sessions.json"));
        logIn("tour").exits(0);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<Object> holder = CompletableFuture.supplyAsync(() -> {
            try (TokenStorage storage = TokenStorages.open("json:" + path)) {
                return storage.inOneStep("any", () -> {
                    inside.countDown();
                    await(enough);
                    return "done";
                });
            }
        });
        await(inside);
        try {
            shell.run("token", "-s", "tour").isQuiet();
            logIn("other")
                    .exits(6)
                    .says("has held the lock " + path + ".lock")
                    .advises("evergrant login globus -s other --token-response-stdin");
        } finally {
            enough.countDown();
            holder.join();
        }
        shell.run("sessions", "list").exits(0).prints("tour");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a process of its own, to which the modes of files apply. */
    private Ran runPowerless(String... words) {
        List<String> command = new ArrayList<>(Powerless.words());
        command.addAll(Program.command(words));
        return Program.start(shell.variables, home, command).end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void a_store_in_a_folder_that_cannot_be_written_is_read_and_nothing_is_sent_that_could_not_be_kept(String scheme)
            throws IOException {
        Path place = Files.createDirectory(home.resolve("place"));
        Path path = use(scheme, place.resolve("sessions"));
        logIn("tour").exits(0);
        logIn("other").exits(0);
        String token = shell.run("token", "-s", "tour").line();
        Path journals = place.resolve("sessions.d");
        mode(journals, "r-x------");
        try (Stream<Path> all = Files.list(journals)) {
            for (Path each : all.toList()) {
                mode(each, "r--------");
            }
        }
        mode(place, "r-x------");
        try {
            assertThat(runPowerless("token", "-s", "tour").isQuiet().line()).isEqualTo(token);
            runPowerless("status", "-s", "tour").exits(0).prints("fresh");
            runPowerless("sessions", "list").exits(0).prints("tour", "other");
            for (String[] words : new String[][] {
                {"token", "-s", "tour", "--renew"}, {"logout", "-s", "tour"}, {"sessions", "rename", "tour", "trip"}
            }) {
                Ran ran = runPowerless(words).exits(6).printsNothing();
                assertThat(ran.err().lines().findFirst().orElseThrow()).startsWith("evergrant: ");
                ran.says("cannot be written", "  run: ls -l " + path);
            }
            assertThat(play.requests("token.refresh")).isZero();
            assertThat(play.requests("revoke")).isZero();
        } finally {
            mode(place, "rwx------");
            mode(journals, "rwx------");
        }
        assertThat(shell.run("token", "-s", "tour").isQuiet().line()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void on_a_full_disk_a_successor_is_handed_out_and_saved_when_there_is_room(String scheme) throws Exception {
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(disk, "unix:uid")), "only root can mount");
        execute("mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "none", disk.toString());
        try {
            use(scheme, disk.resolve("sessions"));
            logIn("tour").exits(0);
            fill(disk.resolve("filler"));
            Ran renewed = shell.run("token", "-s", "tour", "--renew").exits(0);
            renewed.says("evergrant: warning: There is no room left", "a new one that is not stored yet");
            logIn("other").exits(6).says("There is no room left", "Free some space", "  run: df -h " + disk);
            assertThat(shell.run("token", "-s", "tour").exits(0).line()).isEqualTo(renewed.line());
            Files.delete(disk.resolve("filler"));
            shell.run("token", "-s", "tour").isQuiet();
            // Whoever asks next saves it, and then it can be renewed again.
            assertThat(shell.run("token", "-s", "tour", "--renew").isQuiet().line())
                    .isNotEqualTo(renewed.line());
            assertThat(play.stat("reuses")).isZero();
        } finally {
            // Lazily: our lock file stays open as long as the JVM.
            execute("umount", "-l", disk.toString());
        }
    }

    private static void execute(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                .as(String.join(" ", words))
                .isZero();
    }

    private static void fill(Path file) {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void a_store_that_was_deleted_comes_back_from_its_journals_and_a_folder_does_not(String scheme) throws IOException {
        Path place = Files.createDirectory(home.resolve("place"));
        Path path = use(scheme, place.resolve("sessions"));
        logIn("tour").exits(0);
        Files.delete(path);
        String renewed = shell.run("token", "-s", "tour", "--renew").isQuiet().line();
        shell.run("sessions", "list").exits(0).prints("tour");
        assertThat(shell.run("token", "-s", "tour").isQuiet().line()).isEqualTo(renewed);
        deleteAll(place);
        shell.run("token", "-s", "tour").exits(4).printsNothing().advises("evergrant login globus -s tour");
        assertThat(place).doesNotExist();
        logIn("tour").exits(0);
        shell.run("token", "-s", "tour").isQuiet();
    }

    private static void deleteAll(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void a_database_of_a_newer_sqlite_is_refused_and_left_alone() throws IOException {
        Path path = use("sqlite", home.resolve("sessions.db"));
        logIn("tour").exits(0);
        byte[] newer = Files.readAllBytes(path);
        // The read version (https://sqlite.org/fileformat.html section 1.3.3).
        newer[18] = 9;
        newer[19] = 9;
        Path other = use("sqlite", home.resolve("newer.db"));
        Files.write(other, newer);
        mode(other, "rw-------");
        shell.run("token", "-s", "tour")
                .exits(6)
                .says(other + " is no SQLite database")
                .advises("ls -l " + other);
        logIn("tour").exits(6);
        assertThat(Files.readAllBytes(other)).isEqualTo(newer);
    }

    @Test
    void a_file_larger_than_is_read_is_named_and_left_alone() throws IOException {
        Path path = use("json", home.resolve("huge.json"));
        try (RandomAccessFile huge = new RandomAccessFile(path.toFile(), "rw")) {
            huge.setLength((64L << 20) + 1);
        }
        mode(path, "rw-------");
        for (String command : new String[] {"token", "status", "logout"}) {
            shell.run(command, "-s", "tour")
                    .exits(6)
                    .printsNothing()
                    .says(path + " is larger than 64 MB", "SQLite store")
                    .advises("ls -l " + path);
        }
        assertThat(Files.size(path)).isEqualTo((64L << 20) + 1);
    }
}
