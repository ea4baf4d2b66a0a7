package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.lease.Lease;
import io.github.evergrant.storage.MalformedDocument;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.file.FileTokenStorage;
import io.github.evergrant.storage.file.TokenDocument;
import io.github.evergrant.storage.file.TokenTree;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether journals and tokens agree. */
final class InspectionTest {

    private Path folder;
    private Stage stage;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        this.folder = folder;
        stage = new Stage(folder);
        stage.login(TRANSFER);
    }

    @AfterEach
    void land() {
        stage.close();
    }

    /** The codes of what is found, having seen to it that nothing was changed by looking. */
    private List<String> codes() {
        Map<String, String> before = snapshot();
        List<Problem> found = Inspection.of(stage.storage, stage.clock.instant()).stream()
                .map(Finding::problem)
                .toList();
        assertThat(snapshot()).isEqualTo(before);
        assertThat(found).allSatisfy(problem -> {
            assertThat(problem.session()).isEqualTo("tour");
            assertThat(problem.advice()).isNotEmpty();
        });
        return found.stream().map(Problem::code).toList();
    }

    /** The times of all files, and what is in them; what is in a store the storage itself says. */
    private Map<String, String> snapshot() {
        Map<String, String> all = new TreeMap<>();
        stage.storage.forEach((name, stored) -> all.put(name, stored.get().toString()));
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .forEach(file -> all.put(
                            file.toString(), modified(file) + (file.equals(stage.file) ? "" : Stage.bytes(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void journal(Consumer<JournalState> change) {
        JournalState state = stage.journal();
        change.accept(state);
        new Ledger(stage.storage, "tour").write(state);
    }

    @Test
    void a_session_in_order_is_not_mentioned() {
        assertThat(codes()).isEmpty();
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(codes()).isEmpty();
        new Renaming(stage.storage, Duration.ofSeconds(5)).rename("tour", "work", stage.clock.instant());
        assertThat(Inspection.of(stage.storage, stage.clock.instant())).isEmpty();
    }

    @Test
    void a_renewal_that_was_cut_short_is_found_and_one_under_way_is_not() {
        journal(state -> state.intent = Owner.self()
                .intent(
                        TRANSFER,
                        Objects.requireNonNull(state.heads.get(TRANSFER))
                                .fingerprint()
                                .hex(),
                        stage.clock.instant(),
                        stage.clock.instant()));
        try (Lease owner = stage.storage.leases().tryTake("tour").orElseThrow()) {
            assertThat(codes()).isEmpty();
            assertThat(owner).isNotNull();
        }
        assertThat(codes()).containsExactly("in_doubt");
    }

    @Test
    void an_answer_that_was_not_saved_is_found() {
        journal(state -> {
            Head head = Objects.requireNonNull(state.heads.get(TRANSFER));
            Map<String, Head> next = Successors.of(
                    state.heads,
                    TRANSFER,
                    TokenResponse.of(
                            stage.clock.instant(),
                            TokenData.bearer(
                                    TRANSFER, Secret.of("new"), head.data().expiry())),
                    stage.clock.instant(),
                    false,
                    RefreshTerms.of(Map.of()));
            state.answer = new Answer(TRANSFER, head.fingerprint().hex(), state.login, next);
        });
        assertThat(codes()).containsExactly("answer_unsaved");
        stage.records.settle();
        assertThat(codes()).isEmpty();
        assertThat(stage.stored(TRANSFER)).isEqualTo("new");
    }

    @Test
    void a_move_that_was_cut_short_is_found() {
        journal(state -> state.tombstone = Tombstone.elsewhere(stage.clock.instant(), "json:/elsewhere", null));
        assertThat(codes()).containsExactly("move_unfinished");
    }

    @Test
    void a_logout_that_was_cut_short_is_found() {
        journal(state -> state.tombstone = new Tombstone(stage.clock.instant(), null));
        assertThat(codes()).containsExactly("logout_unfinished");
    }

    @Test
    void a_renaming_that_was_cut_short_is_found() {
        JournalState arriving = stage.journal();
        arriving.arrivingFrom = "tour";
        new Ledger(stage.storage, "work").write(arriving);
        assertThat(codes()).containsExactly("rename_unfinished");
        new Renaming(stage.storage, Duration.ofSeconds(5)).rename("tour", "work", stage.clock.instant());
        assertThat(codes()).isEmpty();
    }

    @Test
    void a_session_that_only_its_journal_knows_is_found() throws IOException {
        Files.delete(stage.file);
        assertThat(codes()).containsExactly("session_unlisted");
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(codes()).isEmpty();
    }

    @Test
    void tokens_that_another_program_wrote_back_are_found() {
        Map<String, TokenData> old = stage.load();
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        stage.rewrite(old);
        assertThat(codes()).containsExactly("store_outdated");
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(codes()).isEmpty();
    }

    @Test
    void tokens_that_another_program_renewed_are_in_order() {
        TokenData seen = stage.storage.read("tour", TRANSFER).orElseThrow();
        stage.storage.replace(
                "tour",
                Map.of(TRANSFER, seen.fingerprint()),
                Map.of(TRANSFER, TokenData.bearer(TRANSFER, Secret.of("foreign"), seen.expiry())));
        assertThat(codes()).isEmpty();
    }

    @Test
    void another_account_s_tokens_are_found() {
        stage.keep(TokenResponse.of(
                stage.clock.instant(), stage.provider.login(GROUPS).first().withIdentityId("ada")));
        TokenData seen = stage.storage.read("tour", GROUPS).orElseThrow();
        stage.storage.replace(
                "tour",
                Map.of(GROUPS, seen.fingerprint()),
                Map.of(
                        GROUPS,
                        TokenData.bearer(GROUPS, Secret.of("foreign"), seen.expiry())
                                .withIdentityId("bob")));
        assertThat(codes()).containsExactly("other_account");
    }

    /** Values as JSON in one file, which it counts each reading of. */
    private static final class CountingStorage extends FileTokenStorage {

        private int readings;

        CountingStorage(Path file) {
            super("counting", file, StorageOptions.DEFAULT);
        }

        @Override
        protected TokenDocument empty() {
            return new TokenTree(new TreeMap<>(), Json::write);
        }

        @Override
        protected TokenDocument parse(byte[] bytes) throws MalformedDocument {
            readings++;
            return new TokenTree(Json.readObject(bytes), Json::write);
        }
    }

    @Test
    void however_many_sessions_there_are_the_file_is_read_twice() {
        CountingStorage storage = new CountingStorage(folder.resolve("many.json"));
        TokenData old = TokenData.bearer(TRANSFER, Secret.of("old"), Expiry.never());
        TokenData next = TokenData.bearer(TRANSFER, Secret.of("next"), Expiry.never());
        for (int i = 0; i < 60; i++) {
            SessionRecords records = new SessionRecords(storage, "session-" + i);
            for (TokenData each : List.of(old, next)) {
                records.keepLogin(
                        TokenResponse.of(stage.clock.instant(), each),
                        before -> new Admission.Admitted(Map.of(), Admission.Keep.OTHERS));
            }
        }
        for (int i = 0; i < 30; i += 3) {
            storage.replace("session-" + i, Map.of(TRANSFER, next.fingerprint()), Map.of(TRANSFER, old));
        }
        for (int i = 1; i < 30; i += 3) {
            storage.remove("session-" + i);
        }
        storage.readings = 0;
        assertThat(Inspection.of(storage, stage.clock.instant()))
                .extracting(finding -> finding.problem().code())
                .hasSize(20)
                .contains("store_outdated", "session_unlisted");
        assertThat(storage.readings).isEqualTo(2);
    }

    @Test
    void a_journal_of_a_newer_version_is_found() {
        Map<String, @Nullable Object> journal = stage.storage.journal("tour").read();
        journal.put("version", 2L);
        stage.storage.journal("tour").write(journal);
        assertThat(codes()).containsExactly("journal_newer");
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("journal_newer"));
        assertThatThrownBy(() -> stage.login(TRANSFER)).isInstanceOf(StorageFailure.class);
        assertThatThrownBy(() -> stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5)))
                .isInstanceOf(StorageFailure.class);
        assertThat(stage.storage.journal("tour").read()).isEqualTo(journal);
    }

    @Test
    void a_damaged_journal_is_left_to_the_storage_to_name() throws IOException {
        Path journal;
        try (Stream<Path> files = Files.list(Path.of(stage.file + ".d"))) {
            journal = files.findFirst().orElseThrow();
        }
        Files.writeString(journal, "damaged");
        assertThat(codes()).isEmpty();
        assertThat(stage.storage.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo("journal_corrupt");
            assertThat(fault.path()).contains(journal.toRealPath());
        });
    }
}
