package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What very old tools left: a file in the folder's place, and {@code .agpy} (docs/protocols/agave.md sections 4.1, 4.6). */
final class OlderFilesTest {

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

    private static List<String> names(AgaveTokenStorage storage) {
        return storage.saved().stream().map(SavedSession::name).toList();
    }

    @Test
    @DisplayName("70: a file where the folder should be is the current session, and becomes the folder's")
    void a_file_in_place_of_the_folder() throws Exception {
        write(folder, Saved.bytes(Saved.golden("py-0.8-0.9/m-restore/1-current-as-bash-cli-writes-it")));
        byte[] former = Saved.bytes(folder);
        AgaveTokenStorage storage = open();
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-old");
        assertThat(storage.exists()).isTrue();
        assertThat(storage.faults()).isEmpty();
        String name = storage.namespaces().get(0);
        assertThat(storage.read(name)).hasSize(1);
        assertThat(storage.journal(name).read()).isEmpty();
        assertThat(storage.journals()).isEmpty();
        assertThat(storage.configurationNames(name)).isEmpty();
        // Whoever only reads leaves it to the tools that know it as a file.
        assertThat(folder).isRegularFile().hasBinaryContent(former);
        try (java.util.stream.Stream<Path> there = Files.list(temporary)) {
            assertThat(there).containsExactly(folder);
        }

        storage.use(name);
        assertThat(warnings).anyMatch(each -> each.contains("was a file"));
        assertThat(Saved.mode(folder)).isEqualTo("rwx------");
        assertThat(access(storage.find(Selection.CURRENT))).isEqualTo("acc-old");
        assertThat(folder.resolve("config.json")).exists();
        assertThat(names(open())).containsExactly(name);
    }

    @Test
    @DisplayName("70: a conversion that was cut short is finished by the next write")
    void a_conversion_cut_short() throws Exception {
        Path aside = temporary.resolve("agave.before");
        write(aside, Saved.bytes(Saved.golden("py-0.8-0.9/m-restore/1-current-as-bash-cli-writes-it")));
        assertThat(access(open().find(Selection.CURRENT))).isEqualTo("acc-old");
        Files.createDirectory(folder);
        assertThat(access(open().find(Selection.CURRENT))).isEqualTo("acc-old");
        assertThat(aside).exists();
        AgaveTokenStorage storage = open();
        assertThat(storage.leases().tryTake(storage.namespaces().get(0)).isPresent())
                .isTrue();
        assertThat(aside).doesNotExist();
        assertThat(access(open().find(Selection.CURRENT))).isEqualTo("acc-old");
    }

    @Test
    void an_older_file_that_may_not_be_read_is_named() throws Exception {
        Path forbidden = write(temporary.resolve(".agpy"), "[{\"api_key\": \"k\", \"client_name\": \"c\"}]");
        Files.setPosixFilePermissions(forbidden, java.util.Set.of());
        AgaveTokenStorage storage =
                AgaveTokenStorage.open(folder, List.of(forbidden), StorageOptions.DEFAULT.withWarnings(warnings::add));

        // Root may read everything.
        boolean mayRead = Files.isReadable(forbidden);
        assertThat(storage.saved()).hasSize(mayRead ? 1 : 0);
        storage.saved();
        assertThat(warnings).hasSize(mayRead ? 0 : 1).allMatch(each -> each.contains(forbidden.toString()));
    }

    @Test
    void an_older_file_that_cannot_be_read_is_named_once() {
        Path agpy = write(temporary.resolve(".agpy"), "[{\"api_key\":");
        List<String> warnings = new java.util.ArrayList<>();
        AgaveTokenStorage storage = AgaveTokenStorage.open(
                temporary.resolve("agave"), List.of(agpy), StorageOptions.DEFAULT.withWarnings(warnings::add));

        assertThat(storage.saved()).isEmpty();
        assertThat(storage.exists()).isFalse();

        assertThat(warnings).hasSize(1).first().asString().contains(agpy.toString());
    }
}
