package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.in;
import static io.github.evergrant.providers.agave.saved.Saved.sd2e;
import static io.github.evergrant.providers.agave.saved.Saved.session;
import static io.github.evergrant.providers.agave.saved.Saved.tacc;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static io.github.evergrant.providers.agave.saved.Saved.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several programs on the same files: ours, killed at any moment, and Python's. */
final class SharedFilesTest {

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void place() {
        folder = temporary.resolve("agave");
    }

    private ForkedJvm program() {
        return ForkedJvm.start(AgaveProgram.class, folder.toString());
    }

    @Test
    @DisplayName("52, Q43: two programs that save a hundred times each leave both sessions")
    void two_programs_save() {
        try (ForkedJvm one = program();
                ForkedJvm other = program()) {
            one.say("save one 100");
            other.say("save other 100");
            assertThat(one.hear()).isEqualTo("saved");
            assertThat(other.hear()).isEqualTo("saved");
        }
        AgaveTokenStorage storage = Saved.open(folder);
        for (String each : new String[] {"one", "other"}) {
            SavedSession found = storage.saved("sd2e/ada/" + each).orElseThrow();
            assertThat(Objects.requireNonNull(found.tokens()).createdAt()).isEqualTo(Long.toString(CLOCK + 99));
            assertThat(in(folder.resolve("config.json"), "sessions", "sd2e", "ada", each, "created_at"))
                    .isEqualTo(Long.toString(CLOCK + 99));
        }
        assertThat(in(folder.resolve("current"), "client_name"))
                .isEqualTo(storage.current().orElseThrow().client());
    }

    @Test
    @DisplayName("51: whenever a program is killed both files are whole, and hold what was said to be saved")
    void a_killed_program() throws Exception {
        Saved.open(folder).save(tacc("theirs", 2, CLOCK));
        for (int round = 0; round < 4; round++) {
            int saved = 0;
            try (ForkedJvm other = program()) {
                other.say("saves c" + round);
                while (saved < 3 + 5 * round) {
                    assertThat(other.hear()).isEqualTo("saved " + saved);
                    saved++;
                }
            }
            AgaveTokenStorage storage = Saved.open(folder);
            SavedSession found = storage.saved("sd2e/ada/c" + round).orElseThrow();
            assertThat(Long.parseLong(String.valueOf(
                            Objects.requireNonNull(found.tokens()).createdAt())))
                    .isGreaterThanOrEqualTo(CLOCK + saved - 1);
            assertThat(in(folder.resolve("current"), "username")).isEqualTo("ada");
            assertThat(access(storage, "tacc.prod/grace/theirs")).isEqualTo("acc-0002");
        }
        assertThat(Saved.open(folder).faults()).isEmpty();
    }

    @Test
    @DisplayName(
            "Q43: Python that saves all the time, in place and without a lock, and we leave whole files with all sessions")
    void python_saves_all_the_time() throws Exception {
        AgaveTokenStorage storage = Saved.open(folder);
        storage.save(tacc("c2", 2, CLOCK));
        storage.save(sd2e("c1", 1, CLOCK));
        try (AgavePython python = new AgavePython()) {
            python.say("refresh_often", folder, 200);
            for (int i = 1; i <= 30; i++) {
                storage.save(sd2e("c1", 1, CLOCK).withTokens(tokens(3, CLOCK + i, 14400L)));
                assertThat(storage.find(Selection.CURRENT).name()).isEqualTo("sd2e/ada/c1");
                assertThat(access(storage, "tacc.prod/grace/c2")).isEqualTo("acc-0002");
            }
            assertThat(python.hear()).isEqualTo(200L);
            storage.save(sd2e("c1", 1, CLOCK).withTokens(tokens(4, CLOCK + 100, 14400L)));
            assertThat(python.load("a.load", folder)).containsEntry("access_token", "acc-0004");
            assertThat(python.load("a.load", folder, "tacc.prod", "grace", "c2"))
                    .containsEntry("access_token", "acc-0002");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "config.json.lock", "current");
        }
        assertThat(text(folder.resolve("current"))).contains("\"client_name\": \"c1\"");
    }

    @Test
    @DisplayName("Q43: what Python saves into a file that we have just replaced is kept, with its client")
    void python_saves_into_the_file_that_was_replaced() throws Exception {
        Path config = folder.resolve("config.json");
        try (AgavePython python = new AgavePython();
                AgaveTokenStorage storage = Saved.open(folder)) {
            storage.save(sd2e("c1", 1, CLOCK));
            Map<String, @Nullable Object> theirs = Json.readObject(Saved.bytes(config));
            Map<String, @Nullable Object> record = session(
                            "tacc.prod", "https://api.tacc.utexas.edu", "eve", "py", 7, CLOCK)
                    .fields();
            record.put("mine", true);
            theirs.put("current", Map.of("py", record));
            python.ask("hold", config);
            storage.save(sd2e("c1", 2, CLOCK + 10));
            python.ask("write_held", Json.text(theirs));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> storage.saved("tacc.prod/eve/py").isPresent());
            SavedSession found = storage.saved("tacc.prod/eve/py").orElseThrow();
            assertThat(access(found)).isEqualTo("acc-0007");
            assertThat(found.clientKey()).isEqualTo("key-0007");
            assertThat(in(config, "sessions", "tacc.prod", "eve", "py", "mine")).isEqualTo(true);
            assertThat(access(storage, "sd2e/ada/c1")).isEqualTo("acc-0002");
        }
    }
}
