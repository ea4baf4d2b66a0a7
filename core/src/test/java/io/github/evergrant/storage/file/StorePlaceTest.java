package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.mode;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making a store that is whole from the first moment. */
final class StorePlaceTest {

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("deep/store");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean make(String text) {
        return StorePlace.of(path()).makeStore(file -> write(file, text));
    }

    @Test
    void a_store_is_made_private_and_once() throws IOException {
        assertThat(make("first")).isTrue();
        assertThat(make("second")).isFalse();
        assertThat(text(path())).isEqualTo("first");
        assertThat(mode(path())).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("deep"))).isEqualTo("rwx------");
        try (var files = Files.list(folder.resolve("deep"))) {
            assertThat(files).containsExactly(path());
        }
    }

    @Test
    void what_another_program_makes_meanwhile_is_left_alone() {
        assertThat(StorePlace.of(path()).makeStore(file -> {
                    assertThat(path()).doesNotExist();
                    write(file, "ours");
                    write(path(), "theirs");
                }))
                .isFalse();
        assertThat(text(path())).isEqualTo("theirs");
    }

    @Test
    void a_store_that_cannot_be_filled_is_not_made() throws IOException {
        assertThatThrownBy(() -> StorePlace.of(path()).makeStore(file -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        try (var files = Files.list(folder.resolve("deep"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void what_a_dead_process_left_is_removed_when_it_is_old() throws IOException {
        Files.createDirectories(folder.resolve("deep"));
        Path old = Files.writeString(folder.resolve("deep/.store.1.tmp"), "");
        Path young = Files.writeString(folder.resolve("deep/.store.2.tmp"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        assertThat(make("text")).isTrue();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }
}
