package io.github.evergrant.storage.file;

import static io.github.evergrant.storage.file.JsonFiles.file;
import static io.github.evergrant.storage.file.JsonFiles.golden;
import static io.github.evergrant.storage.file.JsonFiles.store;
import static io.github.evergrant.storage.file.JsonFiles.text;
import static io.github.evergrant.storage.file.JsonFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.token.TokenData;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A program without locks that has the store open while it is replaced, and writes into the file that has lost its name.
 */
@Execution(ExecutionMode.CONCURRENT)
final class SalvageTest {

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Gate gate = new Gate();
    private final List<OutputStream> opened = new ArrayList<>();

    /** Lets things happen at the renames to come, in turn. */
    private static final class Gate extends Renamer {

        private final Deque<Runnable> before = new ArrayDeque<>();
        private final Deque<Runnable> after = new ArrayDeque<>();

        @Override
        void replace(Path temporary, Path file) throws IOException {
            run(before);
            super.replace(temporary, file);
            run(after);
        }

        @Override
        boolean create(Path temporary, Path file) throws IOException {
            run(before);
            return super.create(temporary, file);
        }

        private static void run(Deque<Runnable> all) {
            Runnable next = all.poll();
            if (next != null) {
                next.run();
            }
        }
    }

    private JsonTokenStorage storage = JsonTokenStorage.open(Path.of("none"));

    @BeforeEach
    void open() {
        storage = JsonTokenStorage.openWith(
                gate, folder.resolve("tokens.json"), StorageOptions.DEFAULT.withWarnings(warnings::add));
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
        for (OutputStream each : opened) {
            each.close();
        }
    }

    /** The other program: what it loaded, and the file it has open. */
    private final class Foreign {

        private String loaded = "";
        private OutputStream out = OutputStream.nullOutputStream();

        Foreign load() {
            loaded = text(storage.path());
            return this;
        }

        /** As {@code open(path, "w")}: empties it. */
        void truncate() {
            try {
                out = new FileOutputStream(storage.path().toFile());
                opened.add(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void write(String text) {
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Writes what it loaded, changed. */
        void write(UnaryOperator<String> change) {
            String changed = change.apply(loaded);
            assertThat(changed).isNotEqualTo(loaded);
            write(changed);
        }
    }

    /** Adds a record to the session {@code theirs}. */
    private static UnaryOperator<String> adding(String resourceServer) {
        return text -> text.replace(
                "\"theirs\": {",
                "\"theirs\": {\"" + resourceServer + "\": {\"resource_server\": \"" + resourceServer
                        + "\", \"identity_id\": null, \"scope\": \"all\", \"access_token\": \"" + resourceServer
                        + "-1\", \"refresh_token\": null, \"expires_at_seconds\": 1767398400, \"token_type\":"
                        + " \"Bearer\", \"their_field\": 7}, ");
    }

    private void begin() {
        store(storage, "ours", token("a", "a-1"));
        store(storage, "theirs", token("b", "b-1"));
        store(storage, "theirs", token("c", "c-1"));
    }

    private boolean replace(String namespace, TokenData before, TokenData after) {
        return storage.replace(
                namespace,
                Map.of(before.resourceServer(), before.fingerprint()),
                Map.of(after.resourceServer(), after));
    }

    private boolean save() {
        return replace("ours", token("a", "a-1"), token("a", "a-2"));
    }

    /** One program that opens the file before our next rename and writes after it. */
    private void acrossOurRename(UnaryOperator<String> change) {
        Foreign foreign = new Foreign().load();
        gate.before.add(foreign::truncate);
        gate.after.add(() -> foreign.write(change));
    }

    @Test
    @DisplayName("ForeignStoreAcrossTheRenameSurvives, with fields we do not know")
    void what_is_stored_in_the_replaced_file_is_kept_with_fields_we_do_not_know() {
        begin();
        acrossOurRename(adding("new"));
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs")).containsOnlyKeys("b", "c", "new");
        assertThat(text(storage.path())).contains("\"their_field\": 7");
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_program_that_has_written_all_before_the_rename_loses_nothing() {
        begin();
        Foreign foreign = new Foreign().load();
        gate.before.add(() -> {
            foreign.truncate();
            foreign.write(adding("new"));
        });
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs")).containsKey("new");
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
    }

    @Test
    void a_program_that_changes_the_record_we_save_comes_after_us() {
        begin();
        acrossOurRename(text -> text.replace("a-1", "a-theirs"));
        assertThat(save()).isTrue();
        assertThat(storage.read("ours", "a")).contains(token("a", "a-theirs"));
    }

    @Test
    void a_record_that_our_journal_knows_is_not_theirs_and_our_save_stays() {
        begin();
        Foreign foreign = new Foreign().load();
        TokenData former = token("a", "a-1");
        save();
        storage.journal("ours")
                .write(Map.of("superseded", List.of(former.fingerprint().hex())));
        gate.before.add(foreign::truncate);
        gate.after.add(() -> foreign.write(adding("new")));
        assertThat(replace("theirs", token("b", "b-1"), token("b", "b-2"))).isTrue();
        assertThat(storage.read("theirs")).containsKey("new").containsEntry("b", token("b", "b-2"));
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
    }

    @Test
    void a_removal_is_done_where_nothing_else_was() {
        begin();
        acrossOurRename(text -> text.replaceFirst(", \"c\": \\{[^}]*}", ""));
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs")).containsOnlyKeys("b");
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
    }

    @Test
    void a_record_that_they_had_not_loaded_yet_is_not_taken_for_removed() {
        begin();
        Foreign foreign = new Foreign().load();
        store(storage, "ours", token("d", "d-1"));
        gate.before.add(foreign::truncate);
        gate.after.add(() -> foreign.write(adding("new")));
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs")).containsKey("new");
        assertThat(storage.read("ours")).containsOnlyKeys("a", "d");
    }

    @Test
    @DisplayName("StaleRewriteDoesNotUndoPuttingBack")
    void a_program_that_had_loaded_before_we_put_it_back_does_not_undo_that_for_good() {
        begin();
        acrossOurRename(adding("new"));
        // At the rename that puts it back: it has loaded what we saved, and rewrites that afterwards.
        Foreign stale = new Foreign();
        gate.before.add(stale::load);
        gate.after.add(() -> {
            stale.truncate();
            stale.write(text -> text.replace("c-1", "c-2"));
        });
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs")).containsOnlyKeys("b", "c", "new").containsEntry("c", token("c", "c-2"));
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
    }

    @Test
    void what_is_stored_across_the_rename_that_puts_back_is_put_back_too() {
        begin();
        acrossOurRename(adding("new"));
        Foreign second = new Foreign();
        gate.before.add(() -> second.load().truncate());
        gate.after.add(() -> second.write(adding("newer")));
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs")).containsOnlyKeys("b", "c", "new", "newer");
    }

    @Test
    void a_later_store_counts_more_than_what_is_put_back() {
        begin();
        Foreign foreign = new Foreign().load();
        gate.before.add(foreign::truncate);
        gate.after.add(() -> {
            foreign.write(text -> text.replace("b-1", "b-2"));
            // By path, as a program that came after our rename.
            file(folder, text(storage.path()).replace("b-1", "b-3"));
        });
        assertThat(save()).isTrue();
        assertThat(storage.read("theirs", "b")).contains(token("b", "b-3"));
    }

    @Test
    void a_store_of_format_1_is_put_into_one_that_we_upgraded() {
        file(folder, golden("json/v4.9.0-migrate-1.0-before.json"));
        Foreign foreign = new Foreign().load();
        String access =
                storage.read("DEFAULT").values().iterator().next().accessToken().reveal();
        gate.before.add(foreign::truncate);
        gate.after.add(() -> foreign.write(text -> text.replace(access, "renewed-by-them")));
        assertThat(storage.upgrade()).isTrue();
        assertThat(text(storage.path())).contains("\"format_version\": \"2.0\"").contains("renewed-by-them");
    }

    @Test
    void a_store_that_they_upgraded_is_put_into_one_of_format_1() {
        file(folder, golden("json/v4.9.0-migrate-1.0-before.json"));
        TokenData first = storage.read("DEFAULT").values().iterator().next();
        Foreign foreign = new Foreign();
        gate.before.add(foreign::truncate);
        gate.after.add(() -> foreign.write(golden("json/v4.9.0-migrate-2.0-after-store.json")));
        assertThat(replace("DEFAULT", first, token(first.resourceServer(), "ours")))
                .isTrue();
        assertThat(storage.namespaces()).containsExactly("DEFAULT", "other");
        assertThat(storage.read("DEFAULT", first.resourceServer())).contains(token(first.resourceServer(), "ours"));
    }

    @Test
    void a_program_that_never_finishes_holds_nobody_up_for_long() {
        begin();
        Foreign foreign = new Foreign();
        gate.before.add(foreign::truncate);
        long began = System.nanoTime();
        assertThat(save()).isTrue();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(30));
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
        assertThat(warnings).singleElement().asString().contains("left no whole document");
    }

    @Test
    void others_can_save_while_one_waits_for_a_foreign_program() throws Exception {
        begin();
        CountDownLatch replaced = new CountDownLatch(1);
        Foreign foreign = new Foreign().load();
        gate.before.add(foreign::truncate);
        gate.after.add(replaced::countDown);
        CompletableFuture<Boolean> saving = CompletableFuture.supplyAsync(() -> storage.inOneStep("ours", this::save));
        assertThat(replaced.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(store(JsonTokenStorage.open(storage.path()), "more", token("e", "e-1")))
                .isTrue();
        assertThat(saving).isNotDone();
        foreign.write(adding("new"));
        assertThat(saving.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(storage.read("theirs")).containsKey("new");
        assertThat(storage.read("more")).containsKey("e");
    }

    @Test
    void garbage_is_reported_and_our_own_is_intact() {
        begin();
        Foreign foreign = new Foreign();
        gate.before.add(foreign::truncate);
        gate.after.add(() -> foreign.write("[1, 2]"));
        assertThat(save()).isTrue();
        assertThat(storage.read("ours", "a")).contains(token("a", "a-2"));
        assertThat(storage.read("theirs")).containsOnlyKeys("b", "c");
        assertThat(warnings).singleElement().asString().contains("left no whole document");
    }

    @Test
    void a_store_that_another_program_makes_at_our_first_save_is_not_replaced() {
        gate.before.add(() -> file(folder, golden("json/v4.9.0-2.0-client-credentials.json")));
        assertThat(store(storage, "DEFAULT", token("b", "b-1"))).isTrue();
        assertThat(storage.read("DEFAULT")).containsKeys("b", "transfer.api.globus.org", "search.api.globus.org");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_open_that_empties_the_former_file_only_after_the_save_is_seen_a_little_later() throws IOException {
        begin();
        Foreign foreign = new Foreign().load();
        Path link = folder.resolve("former");
        Files.createLink(link, storage.path());
        assertThat(save()).isTrue();
        Files.writeString(link, adding("new").apply(foreign.loaded));
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(storage.read("theirs")).containsKey("new"));
    }

    @Test
    void what_comes_late_is_seen_at_the_end_too() throws IOException {
        begin();
        Foreign foreign = new Foreign().load();
        Path link = folder.resolve("former");
        Files.createLink(link, storage.path());
        assertThat(save()).isTrue();
        Files.writeString(link, adding("new").apply(foreign.loaded));
        storage.close();
        assertThat(storage.read("theirs")).containsKey("new");
    }

    @Test
    void a_store_that_was_deleted_is_not_made_again() throws IOException {
        begin();
        Foreign foreign = new Foreign().load();
        gate.before.add(foreign::truncate);
        gate.after.add(() -> {
            foreign.write(adding("new"));
            try {
                Files.delete(storage.path());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(save()).isTrue();
        assertThat(storage.exists()).isFalse();
    }
}
