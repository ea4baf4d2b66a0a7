package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt costs no save, and is still pending when the save is done. */
final class InterruptedSaveTest {

    @TempDir
    private Path folder;

    private static boolean replace(JsonTokenStorage storage, TokenData before, TokenData after) {
        return storage.replace(
                "tour", Map.of(before.resourceServer(), before.fingerprint()), Map.of(after.resourceServer(), after));
    }

    @Test
    void one_that_is_pending_before_a_save_is_pending_after_it() {
        TokenData first = token("a", "a-1");
        TokenData second = token("a", "a-2");
        try (JsonTokenStorage storage = JsonTokenStorage.open(folder.resolve("tokens.json"))) {
            store(storage, "tour", first);
            Thread.currentThread().interrupt();
            boolean saved = replace(storage, first, second);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(saved).isTrue();
            assertThat(storage.read("tour", "a")).contains(second);
        }
    }

    @Test
    void ones_before_and_after_the_rename_cost_no_save_and_leave_nothing_behind() throws Exception {
        Renamer interrupting = new Renamer() {
            @Override
            void replace(Path temporary, Path file) throws IOException {
                Thread.currentThread().interrupt();
                super.replace(temporary, file);
                Thread.currentThread().interrupt();
            }
        };
        Path file = folder.resolve("tokens.json");
        TokenData latest = token("a", "a-0");
        try (JsonTokenStorage storage = JsonTokenStorage.openWith(interrupting, file, StorageOptions.DEFAULT)) {
            store(storage, "tour", latest);
            for (int i = 1; i <= 50; i++) {
                TokenData next = token("a", "a-" + i);
                assertThat(replace(storage, latest, next)).isTrue();
                assertThat(Thread.interrupted()).isTrue();
                latest = next;
            }
            assertThat(storage.read("tour", "a")).contains(latest);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }
}
