package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that get a new name. */
final class NewNameTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
    }

    @Test
    void what_is_configured_for_a_session_ends_with_it_and_goes_with_its_name() {
        stage.storage.storeConfiguration("tour", "one", Map.of("k", "v"));
        new Renaming(stage.storage, Duration.ofSeconds(5)).rename("tour", "journey", stage.clock.instant());
        assertThat(stage.storage.configurationNames("tour")).isEmpty();
        assertThat(stage.storage.configuration("journey", "one")).contains(Map.of("k", "v"));

        stage.login(TRANSFER);
        stage.storage.storeConfiguration("tour", "one", Map.of("k", "another's"));
        assertThatThrownBy(() -> new Renaming(stage.storage, Duration.ofSeconds(5))
                        .rename("tour", "journey", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        assertThat(stage.storage.configurationNames("tour")).isEmpty();
        assertThat(stage.storage.configurationNames("journey")).containsExactly("one");
    }

    @Test
    void renameWhileRenewing() {
        stage.spend();
        CompletableFuture<String> renewal = stage.renewHeldBack(TRANSFER);
        CompletableFuture<Void> rename = CompletableFuture.runAsync(() ->
                new Renaming(stage.storage, Duration.ofSeconds(20)).rename("tour", "journey", stage.clock.instant()));
        stage.provider.openGate();
        rename.join();
        assertThat(stage.storage
                        .read("journey", TRANSFER)
                        .orElseThrow()
                        .accessToken()
                        .reveal())
                .isEqualTo(renewal.join());
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(LoginRequired.class, e -> assertThat(e).hasMessageContaining("journey"));
    }

    @Test
    void a_name_that_is_taken_is_not_given_twice() {
        new SessionRecords(stage.storage, "other")
                .keepLogin(
                        stage.provider.login(TRANSFER),
                        before -> new Admission.Admitted(Map.of(), Admission.Keep.OTHERS));
        Renaming renaming = new Renaming(stage.storage, Duration.ofSeconds(5));
        assertThatThrownBy(() -> renaming.rename("tour", "other", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(stage.storage.namespaces()).containsExactlyInAnyOrder("tour", "other");
    }

    @Test
    void a_rename_that_was_cut_short_leaves_one_name_that_leads_to_the_tokens() {
        for (int kept = 0; kept < 2; kept++) {
            stage.login(TRANSFER);
            String token = stage.stored(TRANSFER);
            JournalState arriving = stage.journal();
            arriving.arrivingFrom = "tour";
            stage.storage.journal("journey").write(JournalCodec.write(arriving));
            stage.storage.replace("journey", Map.of(), stage.storage.read("tour"));
            SessionRecords journey = new SessionRecords(stage.storage, "journey");
            assertThat(journey.standing(stage.clock.instant())).isEmpty();
            assertThat(stage.accessToken(TRANSFER)).isEqualTo(token);
            if (kept == 1) {
                JournalState gone = new JournalState();
                gone.tombstone = new Tombstone(stage.clock.instant(), "journey");
                stage.storage.journal("tour").write(JournalCodec.write(gone));
                assertThat(journey.standing(stage.clock.instant())).isPresent();
                assertThatThrownBy(() -> stage.accessToken(TRANSFER)).hasMessageContaining("journey");
                // A login under the old name does not take the new one's tokens away.
                stage.login(TRANSFER);
                assertThat(journey.standing(stage.clock.instant())).isPresent();
            }
            stage.storage.remove("journey");
        }
    }

    @Test
    void a_store_that_cannot_hold_the_new_name_keeps_the_old_one(@TempDir Path folder) {
        TokenStorage format1 = TokenStorages.open("json1:" + folder.resolve("old.json"));
        new SessionRecords(format1, "DEFAULT")
                .keepLogin(
                        stage.provider.login(TRANSFER),
                        before -> new Admission.Admitted(Map.of(), Admission.Keep.NONE));
        Renaming renaming = new Renaming(format1, Duration.ofSeconds(5));
        assertThatThrownBy(() -> renaming.rename("DEFAULT", "work", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(new SessionRecords(format1, "DEFAULT").standing(stage.clock.instant()))
                .isPresent();
        assertThat(new SessionRecords(format1, "work").standing(stage.clock.instant()))
                .isEmpty();
    }
}
