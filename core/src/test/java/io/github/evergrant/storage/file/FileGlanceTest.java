package io.github.evergrant.storage.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileGlanceTest {

    /** Where a slot of the journal has its CRC-32. */
    private static final int CRC = 52;

    @TempDir
    private Path folder;

    @AutoClose
    private JsonTokenStorage storage;

    private Path file;

    @BeforeEach
    void open() {
        file = folder.resolve("tokens.json");
        storage = JsonTokenStorage.open(file);
    }

    private void write(String namespace, String value) {
        storage.journal(namespace).write(Map.of("namespace", namespace, "value", value));
    }

    private @Nullable List<byte[]> journals(String namespace) throws IOException {
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        FileGlance glance = requireNonNull(FileGlance.at(file));
        assertThat(glance.text()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        return glance.journals(namespace);
    }

    private static @Nullable Object value(byte[] journal) throws Exception {
        return Json.readObject(journal).get("value");
    }

    @Test
    void the_newest_state_of_a_journal_is_seen_in_whichever_slot_it_is() throws Exception {
        for (String each : List.of("one", "two", "three")) {
            write("tour", each);
            assertThat(journals("tour")).hasSize(1);
            assertThat(value(requireNonNull(journals("tour")).get(0))).isEqualTo(each);
        }
    }

    @Test
    void journals_of_names_that_read_alike_are_seen_together_and_no_others() throws Exception {
        write("a b", "one");
        write("a_b", "two");
        write("a_bc", "three");
        write("tour", "four");
        assertThat(journals("a b")).hasSize(2);
        assertThat(journals("a_bc")).hasSize(1);
        assertThat(journals("nobody")).isEmpty();
    }

    @Test
    void a_journal_without_a_crc_or_with_another_is_not_plain() throws Exception {
        write("tour", "one");
        change(CRC);
        assertThat(journals("tour")).isNull();
        assertThat(storage.journal("tour").read()).containsEntry("value", "one");
    }

    @Test
    void a_torn_journal_is_not_plain_though_the_older_slot_is_whole() throws Exception {
        write("tour", "one");
        change(70);
        assertThat(journals("tour")).isNull();
    }

    /** Changes a byte of the first slot, which is the newer one after one write. */
    private void change(int at) throws IOException {
        try (var found = Files.list(Path.of(file + ".d"));
                RandomAccessFile journal =
                        new RandomAccessFile(found.findFirst().orElseThrow().toFile(), "rw")) {
            journal.seek(at);
            int was = journal.read();
            journal.seek(at);
            journal.write(was ^ 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tour", "a b/c", "..", "\u00fcber", "0123456789012345678901234567890123456789"})
    void a_journals_name_may_be_its_own(String namespace) {
        String name = FileNames.of(namespace, ".journal");
        assertThat(FileNames.mayBe(name, namespace, ".journal")).isTrue();
        assertThat(FileNames.mayBe(name, namespace + "x", ".journal")).isEqualTo(namespace.length() > 32);
    }

    @Test
    void what_is_not_there_or_open_to_others_is_not_plain_and_what_is_no_file_is_a_failure() throws IOException {
        assertThat(FileGlance.at(file)).isNull();
        Files.writeString(file, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(FileGlance.at(file)).isNull();
        assertThatThrownBy(() -> FileGlance.at(folder)).isInstanceOf(StorageFailure.class);
    }
}
