package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that another program takes out of a storage in which nobody writes back what was there. */
final class RemovalTest {

    private final MemoryTokenStorage storage = MemoryTokenStorage.create();
    private Stage stage;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        stage = new Stage(folder, storage);
        stage.login(TRANSFER, GROUPS);
    }

    @AfterEach
    void land() {
        stage.close();
    }

    private TokenData remove(String resourceServer) {
        TokenData gone = storage.read("tour", resourceServer).orElseThrow();
        storage.replace("tour", Map.of(resourceServer, gone.fingerprint()), Map.of());
        return gone;
    }

    @Test
    @DisplayName("RemovalByPythonIsNotUndone")
    void what_another_program_removed_is_not_brought_back() {
        TokenData gone = remove(GROUPS);
        assertThatThrownBy(() -> stage.accessToken(GROUPS))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_resource_server"));
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        assertThat(storage.read("tour")).containsOnlyKeys(TRANSFER);
        assertThat(stage.journal().heads).containsOnlyKeys(TRANSFER);
        // Nor by whoever has an old one in mind.
        storage.replace("tour", Map.of(), Map.of(GROUPS, gone));
        assertThatThrownBy(() -> stage.accessToken(GROUPS)).isInstanceOf(LoginRequired.class);
        stage.login(GROUPS);
        assertThat(stage.accessToken(GROUPS)).isEqualTo(stage.stored(GROUPS));
    }

    @Test
    void a_session_of_which_nothing_is_left_is_not_brought_back() {
        Renewal open = stage.renewal();
        storage.remove("tour");
        stage.spend();
        assertThatThrownBy(() -> open.obtain(TRANSFER, Demand.GOOD_NOW)).isInstanceOf(LoginRequired.class);
        assertThat(storage.read("tour")).isEmpty();
        assertThat(stage.provider.asked).isEmpty();
        assertThat(stage.records.isPresent()).isFalse();
        stage.login(TRANSFER);
        assertThat(stage.journal().heads).containsOnlyKeys(TRANSFER);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void an_answer_to_what_was_removed_meanwhile_is_revoked_and_not_kept() {
        stage.spend();
        stage.provider.next(current -> {
            Outcome outcome = stage.provider.renew(current);
            remove(TRANSFER);
            return outcome;
        });
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
        assertThat(stage.late).hasSize(1);
        assertThat(storage.read("tour")).containsOnlyKeys(GROUPS);
        assertThat(stage.journal().history).isEmpty();
        assertThat(stage.journal().answer).isNull();
    }

    @Test
    void what_was_not_saved_yet_was_not_removed() {
        // A login that was cut short between its journal and its save.
        TokenData fresh = stage.provider.login("new.example.org").first();
        JournalState state = stage.journal();
        state.leadUnsaved("new.example.org", Head.foreign(fresh));
        new Ledger(storage, "tour").write(state);
        assertThat(stage.accessToken("new.example.org"))
                .isEqualTo(fresh.accessToken().reveal());
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(stage.stored("new.example.org"))
                .isEqualTo(fresh.accessToken().reveal());
        assertThat(stage.journal().unsaved).isEmpty();
        remove("new.example.org");
        assertThatThrownBy(() -> stage.accessToken("new.example.org")).isInstanceOf(LoginRequired.class);
    }

    @Test
    void after_a_login_or_a_move_all_is_known_to_be_saved() {
        assertThat(stage.journal().unsaved).isEmpty();
        MemoryTokenStorage there = MemoryTokenStorage.named("removal-test-" + System.nanoTime());
        new Moving(storage, there, Duration.ofSeconds(5)).move("tour", stage.clock.instant());
        there.remove("tour");
        assertThat(new SessionRecords(there, "tour").isPresent()).isFalse();
    }
}
