package io.github.evergrant.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.lease.Lease;
import io.github.evergrant.testing.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about leases beside a file; what every storage does is in the contract. */
final class LeaseTest {

    @TempDir
    private Path folder;

    private JsonTokenStorage storage() {
        return JsonTokenStorage.open(folder.resolve("tokens.json"));
    }

    private ForkedJvm program() {
        return ForkedJvm.start(StoreProgram.class, storage().address());
    }

    @Test
    void a_session_of_another_name_for_the_same_file_meets_the_same_lease() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("tokens.json"));
        Path way = Files.createSymbolicLink(folder.resolve("way"), folder);
        try (Lease mine = storage().leases().tryTake("s").orElseThrow()) {
            assertThat(JsonTokenStorage.open(link).leases().tryTake("s")).isEmpty();
            assertThat(JsonTokenStorage.open(way.resolve("tokens.json"))
                            .leases()
                            .tryTake("s"))
                    .isEmpty();
            assertThat(mine).isNotNull();
        }
        assertThat(folder.resolve("link.json.lock")).doesNotExist();
        assertThat(folder.resolve("tokens.json.lock")).isEmptyFile();
    }

    @Test
    void the_lock_file_is_private() throws IOException {
        storage().leases().tryTake("s").orElseThrow().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tokens.json.lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_lock_file_that_somebody_deleted_is_made_anew() throws IOException {
        Lease before = storage().leases().tryTake("before").orElseThrow();
        try (ForkedJvm other = program()) {
            Files.delete(folder.resolve("tokens.json.lock"));
            assertThat(other.ask("take s")).isEqualTo("taken");
            assertThat(storage().leases().tryTake("s")).isEmpty();
            assertThat(storage().leases().tryTake("before")).isEmpty();
            before.close();
            assertThat(storage().leases().tryTake("before")).isPresent();
        }
    }

    @Test
    @DisplayName("SecondClassLoaderDoesNotDropTheLock")
    void a_second_class_loader_does_not_drop_the_lock() throws Exception {
        try (ForkedJvm other = program();
                Lease mine = storage().leases().tryTake("s").orElseThrow();
                URLClassLoader second = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> storages = second.loadClass("io.github.evergrant.storage.TokenStorages");
            Object theirs = storages.getMethod("open", String.class)
                    .invoke(null, storage().address());
            assertThat(theirs).isNotInstanceOf(JsonTokenStorage.class);
            Object leases = theirs.getClass().getMethod("leases").invoke(theirs);
            Method tryTake = leases.getClass().getMethod("tryTake", String.class);
            assertThat((Optional<?>) tryTake.invoke(leases, "s")).isEmpty();
            AutoCloseable another = (AutoCloseable) ((Optional<?>) tryTake.invoke(leases, "another")).orElseThrow();
            assertThat(storage().leases().tryTake("another")).isEmpty();
            assertThat(other.ask("take another")).isEqualTo("refused");
            another.close();
            ((AutoCloseable) theirs).close();
            // A second one would drop all locks when it is closed, if only by the garbage collector.
            assertThat(openDescriptors(folder.resolve("tokens.json.lock"))).isEqualTo(1);
            assertThat(other.ask("take s")).isEqualTo("refused");
            assertThat(other.ask("take another")).isEqualTo("taken");
            assertThat(mine).isNotNull();
        }
    }

    private static long openDescriptors(Path file) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                if (Files.exists(each) && Files.isSameFile(each, file)) {
                    count++;
                }
            }
        }
        return count;
    }

    private static URL[] classPath() throws IOException {
        List<URL> all = new ArrayList<>();
        StringTokenizer paths = new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
        while (paths.hasMoreTokens()) {
            all.add(Path.of(paths.nextToken()).toUri().toURL());
        }
        return all.toArray(new URL[0]);
    }

    @Test
    @DisplayName("InterruptedWaiterDropsNoLease")
    void an_interrupted_waiter_drops_no_lease() throws Exception {
        try (ForkedJvm holder = program();
                ForkedJvm probe = program();
                Lease mine = storage().leases().tryTake("s").orElseThrow()) {
            assertThat(holder.ask("step")).isEqualTo("inside");
            AtomicBoolean stillInterrupted = new AtomicBoolean();
            CountDownLatch waiting = new CountDownLatch(1);
            CompletableFuture<String> result = new CompletableFuture<>();
            Thread waiter = new Thread(
                    () -> {
                        waiting.countDown();
                        String text = storage().inOneStep("s", () -> "in");
                        stillInterrupted.set(Thread.currentThread().isInterrupted());
                        result.complete(text);
                    },
                    "waiter");
            waiter.start();
            waiting.await();
            for (int i = 0; i < 20; i++) {
                waiter.interrupt();
                assertThat(probe.ask("take s")).isEqualTo("refused");
                assertThat(result).isNotDone();
            }
            assertThat(holder.ask("leave")).isEqualTo("left after leave");
            assertThat(result.get(5, TimeUnit.SECONDS)).isEqualTo("in");
            waiter.join();
            assertThat(stillInterrupted).isTrue();
            assertThat(probe.ask("take s")).isEqualTo("refused");
            Thread.currentThread().interrupt();
            boolean refused = storage().leases().tryTake("s").isEmpty();
            boolean closed =
                    storage().leases().tryTake("another").map(LeaseTest::closed).orElse(false);
            assertThat(Thread.interrupted() && refused && closed).isTrue();
            assertThat(probe.ask("take s")).isEqualTo("refused");
            assertThat(mine).isNotNull();
        }
    }

    private static boolean closed(Lease lease) {
        lease.close();
        return true;
    }
}
