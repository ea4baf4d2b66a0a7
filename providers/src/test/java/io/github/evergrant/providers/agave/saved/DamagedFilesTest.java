package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.copy;
import static io.github.evergrant.providers.agave.saved.Saved.sd2e;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static io.github.evergrant.providers.agave.saved.Saved.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.StorageFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are half written, damaged, or hold something odd. */
final class DamagedFilesTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void place() {
        folder = temporary.resolve("agave");
    }

    private AgaveTokenStorage open() {
        return Saved.open(folder, warnings::add);
    }

    private static void assertFails(Class<? extends Exception> kind, String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(kind)
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "current"})
    @DisplayName("68, Q43: a file that is being written is waited for")
    void half_a_file(String file) {
        copy("py-0.8-0.9/b-two-tenants/2-after-second-save", folder);
        AgaveTokenStorage storage = open();
        try (AgavePython python = new AgavePython()) {
            for (int i = 0; i < 5; i++) {
                python.say("slowly", folder.resolve(file));
                assertThat(python.hear()).isEqualTo("begun");
                assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-0002");
            }
        }
        assertThat(warnings).allMatch(each -> each.contains("read or written by others"));
    }

    @Test
    @DisplayName("69: of a damaged config.json the session in use is still known, and nothing is written")
    void a_damaged_config() {
        copy("py-0.8-0.9/c-after-refresh-and-save", folder);
        String cut = text(folder.resolve("config.json")).substring(0, 600);
        write(folder.resolve("config.json"), cut);
        AgaveTokenStorage storage = open();
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-0002");
        String name = storage.current().orElseThrow().name();
        assertThat(storage.read(name)).containsOnlyKeys("agave");
        assertThat(warnings).anyMatch(each -> each.contains("damaged") && each.contains("config.json"));
        assertThat(storage.faults()).extracting(StorageFailure::code).containsExactly("store_corrupt");
        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> storage.use(name), () -> storage.remove(name), () -> storage.save(sd2e("c1", 1, CLOCK)))) {
            assertFails(StorageFailure.class, "store_corrupt", write);
        }
        assertThat(text(folder.resolve("config.json"))).isEqualTo(cut);
        assertThat(text(folder.resolve("current")))
                .isEqualTo(text(Saved.golden("py-0.8-0.9/c-after-refresh-and-save/current")));
    }

    @Test
    @DisplayName("69: a damaged current is left alone, and config.json counts")
    void a_damaged_current() {
        copy("py-0.8-0.9/c-after-refresh-and-save", folder);
        write(folder.resolve("current"), "{\"tenantid\":\"sd2e\",\"apisecret\":\"a\"b\"}");
        AgaveTokenStorage storage = open();
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-0002");
        assertThat(storage.faults()).extracting(StorageFailure::code).containsExactly("store_corrupt");
        storage.save(sd2e("another", 3, CLOCK + 20_000));
        assertThat(access(open().find(Selection.CURRENT))).isEqualTo("acc-0003");
        assertThat(text(folder.resolve("current"))).startsWith("{\"tenantid\":\"sd2e\",\"apisecret\":\"a\"b\"");
        assertThat(warnings).filteredOn(each -> each.contains("damaged")).hasSize(2);
    }

    @Test
    void a_token_that_is_no_text_is_named_and_hides_no_other() {
        write(folder.resolve("config.json"), """
                {"current": {"c": {"tenantid": "t", "username": "u", "access_token": ["x"]}},
                 "sessions": {"t": {"u": {"good": {"access_token": "a1"}, "odd": 5}, "odd": []}, "odd": null}}
                """);
        AgaveTokenStorage storage = open();
        assertThat(storage.namespaces()).containsExactly("t/u/good", "t/u/c");
        assertThat(storage.read("t/u/good")).hasSize(1);
        assertThat(storage.read("t/u/c")).isEmpty();
        assertThat(storage.faults()).extracting(StorageFailure::code).containsExactly("token_malformed");
        write(folder.resolve("config.json"), "{\"sessions\": []}");
        assertFails(StorageFailure.class, "store_corrupt", () -> open().saved());
    }
}
