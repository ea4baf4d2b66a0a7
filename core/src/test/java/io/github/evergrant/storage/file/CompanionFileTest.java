package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.mode;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.CompanionFile.Content;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Further files of a store. */
final class CompanionFileTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    private LineTokenStorage store() {
        return new LineTokenStorage(
                folder.resolve("tokens.txt"), StorageOptions.DEFAULT.withWarnings(warnings::add), true);
    }

    /** A whole one ends with a full stop. */
    private static String parse(byte[] bytes) throws MalformedDocument {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.endsWith(".")) {
            throw new MalformedDocument("it has no full stop");
        }
        return text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_file_is_made_replaced_and_removed_only_while_it_is_what_was_read() throws Exception {
        CompanionFile file = store().companion("more");
        assertThat(file.<String>read(CompanionFileTest::parse)).isNull();
        assertThat(file.replace(null, bytes("one."))).isTrue();
        assertThat(mode(folder.resolve("more"))).isEqualTo("rw-------");
        assertThat(file.replace(null, bytes("two."))).isFalse();
        Content<String> one = Objects.requireNonNull(file.<String>read(CompanionFileTest::parse));
        assertThat(one.value()).isEqualTo("one.");
        Files.writeString(folder.resolve("more"), "theirs.");
        assertThat(file.replace(one, bytes("two."))).isFalse();
        assertThat(file.delete(one.bytes())).isFalse();
        assertThat(text(folder.resolve("more"))).isEqualTo("theirs.");
        Content<String> theirs = Objects.requireNonNull(file.<String>read(CompanionFileTest::parse));
        assertThat(file.replace(theirs, bytes("two."))).isTrue();
        assertThat(file.holds(bytes("two."))).isTrue();
        assertThat(file.delete(bytes("two."))).isTrue();
        assertThat(file.exists()).isFalse();
    }

    @Test
    void a_private_file_is_below_the_folder_that_is_ours() {
        CompanionFile file = store().privateCompanion("more.json");
        assertThat(file.<String>read(CompanionFileTest::parse)).isNull();
        assertThat(file.replace(null, bytes("one."))).isTrue();
        assertThat(mode(folder.resolve("tokens.txt.d/more.json"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("tokens.txt.d"))).isEqualTo("rwx------");
    }

    @Test
    void half_a_file_is_waited_for() throws Exception {
        CompanionFile file = store().companion("more");
        Files.writeString(folder.resolve("more"), "ha");
        CompletableFuture<String> reading =
                CompletableFuture.supplyAsync(() -> Objects.requireNonNull(file.<String>read(CompanionFileTest::parse))
                        .value());
        for (int i = 0; i < 20 && !reading.isDone(); i++) {
            Files.writeString(folder.resolve("more"), i < 19 ? "ha".repeat(i + 1) : "whole.");
        }
        assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo("whole.");
    }

    @Test
    void a_file_that_stays_damaged_is_reported_and_then_at_once_until_it_changes() throws Exception {
        CompanionFile file = store().companion("more");
        Files.writeString(folder.resolve("more"), "damaged");
        assertCorrupt(file);
        long began = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertCorrupt(file);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(text(folder.resolve("more"))).isEqualTo("damaged");
        Files.writeString(folder.resolve("more"), "good.");
        assertThat(file.<String>read(CompanionFileTest::parse)).isNotNull();
    }

    private static void assertCorrupt(CompanionFile file) {
        assertThatThrownBy(() -> file.<String>read(CompanionFileTest::parse))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_corrupt"))
                .hasMessageContaining("more");
    }

    @Test
    void one_that_others_may_read_is_warned_of_once() throws Exception {
        CompanionFile file = store().companion("more");
        Files.writeString(folder.resolve("more"), "one.");
        Files.setPosixFilePermissions(
                folder.resolve("more"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        file.<String>read(CompanionFileTest::parse);
        file.<String>read(CompanionFileTest::parse);
        assertThat(warnings).singleElement().asString().contains("more", "chmod 600");
    }
}
