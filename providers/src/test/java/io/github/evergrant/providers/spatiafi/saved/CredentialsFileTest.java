package io.github.evergrant.providers.spatiafi.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.providers.spatiafi.AppCredentials;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsFileTest {

    static final AppCredentials GOLDEN = new AppCredentials(
            "99999999-8888-4777-8666-555555555555",
            "11111111-2222-4333-8444-555555555555",
            Secret.of("FAKE-app-secret-0123456789-abcdefghijklmnop"));

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"first-run/app_credentials.json", "tutorial-full/app_credentials"})
    @DisplayName("spatiafi 7, spatiafi 18: a file of Python's is read, and ours is the same, byte for byte")
    void a_file_of_pythons_is_read_and_ours_is_the_same(String golden) throws IOException {
        CredentialsFile theirs = file("theirs");
        Files.write(theirs.path(), captured(golden));

        AppCredentials read = theirs.read().orElseThrow();
        CredentialsFile ours = file("ours");
        ours.write(read, false);

        assertThat(read).isEqualTo(GOLDEN);
        assertThat(Files.readAllBytes(ours.path())).isEqualTo(captured(golden));
    }

    @Test
    @DisplayName("spatiafi 17: a file is private in a private folder, and there is nothing beside it")
    void a_file_is_private_in_a_private_folder() throws IOException {
        CredentialsFile file = file("config/spatiafi/app_credentials");

        file.write(GOLDEN, false);
        file.write(new AppCredentials(null, "i", Secret.of("ü\"\\")), true);

        assertThat(mode(file.path())).isEqualTo("rw-------");
        assertThat(mode(home.resolve("config/spatiafi"))).isEqualTo("rwx------");
        try (Stream<Path> all = Files.list(home.resolve("config/spatiafi"))) {
            assertThat(all).containsExactly(file.path());
        }
        assertThat(Files.readString(file.path()))
                .isEqualTo("{\"client_id\": \"i\", \"client_secret\": \"\\u00fc\\\"\\\\\"}");
        assertThat(file.read()).contains(new AppCredentials(null, "i", Secret.of("ü\"\\")));
    }

    @Test
    @DisplayName("spatiafi 10: what is there is not replaced unless that is asked for")
    void what_is_there_is_not_replaced() throws IOException {
        CredentialsFile file = file("app_credentials");
        file.write(GOLDEN, false);

        assertThatThrownBy(() -> file.write(new AppCredentials(null, "i", Secret.of("s")), false))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("credentials_exist"));
        assertThat(file.read()).contains(GOLDEN);
    }

    @ParameterizedTest
    @DisplayName("spatiafi 9: a file that holds something else is said, with what to do, and never what it holds")
    @ValueSource(
            strings = {
                "{\"detail\": \"Unauthorized\"}",
                "{\"client_id\": \"i\"}",
                "{\"client_id\": \"\", \"client_secret\": \"CANARY\"}",
                "{\"client_id\": 5, \"client_secret\": \"CANARY\"}",
                "[\"CANARY\"]",
                "{nope CANARY",
                "",
            })
    void a_file_that_holds_something_else_is_said(String text) throws IOException {
        CredentialsFile file = file("app_credentials");
        Files.writeString(file.path(), text);

        assertThatThrownBy(file::read).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.code()).isEqualTo("credentials_malformed");
            assertThat(e).hasMessageContaining(file.path().toString()).hasMessageNotContaining("CANARY");
            assertThat(e.advice()).contains("create new ones");
            assertThat(e.path()).contains(file.path());
        });
        assertThat(Files.readString(file.path())).isEqualTo(text);
    }

    @Test
    void what_cannot_be_read_or_written_is_said() throws IOException {
        Files.createDirectory(home.resolve("folder"));
        Files.writeString(home.resolve("file"), "x");
        Files.writeString(home.resolve("large"), "x".repeat(70_000));

        assertThat(file("nothing").read()).isEmpty();
        assertThatThrownBy(() -> file("folder").read())
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("credentials_unreadable"));
        assertThatThrownBy(() -> file("large").read())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("too large");
        for (String path : List.of("file/app_credentials", "folder")) {
            assertThatThrownBy(() -> file(path).write(GOLDEN, true))
                    .isInstanceOfSatisfying(
                            StorageFailure.class, e -> assertThat(e.code()).isEqualTo("credentials_unwritable"));
        }
        try (Stream<Path> all = Files.list(home)) {
            assertThat(all.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void a_file_that_is_being_written_is_read_once_it_is_whole() throws Exception {
        CredentialsFile file = file("app_credentials");
        byte[] whole = captured("tutorial-full/app_credentials");
        Files.write(file.path(), Arrays.copyOf(whole, whole.length / 2));

        CompletableFuture<Optional<AppCredentials>> read = CompletableFuture.supplyAsync(file::read);
        Files.write(file.path(), whole);

        assertThat(read.get()).contains(GOLDEN);
    }

    @Test
    void a_link_is_followed_and_stays_and_what_is_no_file_is_not_read() throws Exception {
        CredentialsFile link = file("link");
        Files.createSymbolicLink(link.path(), Path.of("real"));
        file("real").write(new AppCredentials(null, "i", Secret.of("s")), false);

        link.write(GOLDEN, true);

        assertThat(Files.isSymbolicLink(link.path())).isTrue();
        assertThat(file("real").read()).contains(GOLDEN);
        assertThat(link.isOpenToOthers()).isFalse();
        assertThat(new ProcessBuilder("mkfifo", home.resolve("pipe").toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> file("pipe").read())
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("credentials_unreadable"));
    }

    private CredentialsFile file(String name) {
        return new CredentialsFile(home.resolve(name));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    static byte[] captured(String name) throws IOException {
        try (InputStream in = CredentialsFileTest.class.getResourceAsStream("/golden/spatiafi/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
