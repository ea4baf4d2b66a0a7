package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Programs that write what they read earlier, whatever is there by now; a JSON file in place and without locks. */
final class ForeignWriterTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER, GROUPS);
    }

    @Test
    void pythonRewriteFromOldLoadIsHealed() {
        Map<String, TokenData> loaded = stage.load();
        stage.spend();
        String renewed = stage.accessToken(TRANSFER);
        stage.rewrite(loaded);
        // Served from the journal at once, and back in the store after the next renewal of the session.
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(renewed);
        stage.accessToken(GROUPS);
        assertThat(stage.stored(TRANSFER)).isEqualTo(renewed);
        assertThat(stage.provider.reuses).isZero();
        assertThat(stage.provider.asked).hasSize(2);
    }

    @Test
    void pythonRewriteFromOldLoadDoesNotUndoLogin() {
        Map<String, TokenData> loaded = stage.load();
        stage.login(TRANSFER, GROUPS);
        String fresh = stage.stored(TRANSFER);
        stage.rewrite(loaded);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(fresh);
        stage.spend();
        stage.accessToken(TRANSFER);
        assertThat(stage.provider.asked).noneMatch("refresh-3"::equals);
    }

    @Test
    @DisplayName("56, W1: a refresh token that Python erased is inherited from the head")
    void pythonReplyWithoutRefreshTokenDoesNotEndSession() {
        stage.spend();
        TokenData erased = TokenData.bearer(
                TRANSFER,
                Secret.of("by-python"),
                Expiry.at(stage.clock.instant().plusSeconds(900)));
        write(erased);
        assertThat(stage.stored(TRANSFER)).isEqualTo("by-python");
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("by-python");
        stage.spend();
        assertThat(stage.accessToken(TRANSFER))
                .isEqualTo(stage.stored(TRANSFER))
                .isNotEqualTo("by-python");
        assertThat(stage.provider.asked).containsExactly("refresh-3");
    }

    @Test
    void foreignRefreshOfBDoesNotLoseA() {
        Map<String, TokenData> loaded = stage.load();
        stage.spend();
        String ours = stage.accessToken(TRANSFER);
        // Python renewed the other server's token from its own load, and wrote all it knew.
        TokenData theirs = TokenData.bearer(
                        GROUPS,
                        Secret.of("by-python"),
                        Expiry.at(stage.clock.instant().plusSeconds(900)))
                .withRefreshToken(Secret.of("refresh-python"));
        loaded.put(GROUPS, theirs);
        stage.rewrite(loaded);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(ours);
        assertThat(stage.accessToken(GROUPS)).isEqualTo("by-python");
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(stage.stored(GROUPS)).isEqualTo("by-python");
        assertThat(stage.provider.reuses).isZero();
    }

    @Test
    void lazyForeignReaderDoesNotLoseTheAnswer() {
        Map<String, TokenData> loaded = stage.load();
        stage.spend();
        stage.provider.next(current -> {
            Outcome outcome = stage.provider.renew(current);
            stage.rewrite(loaded); // While the answer is on its way.
            return outcome;
        });
        String renewed = stage.accessToken(TRANSFER);
        assertThat(stage.stored(TRANSFER)).isEqualTo(renewed);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(renewed);
    }

    @Test
    void a_record_that_another_writer_replaced_after_a_refusal_is_adopted_without_a_login() {
        stage.spend();
        stage.provider.next(current -> {
            TokenData theirs = TokenData.bearer(
                            TRANSFER,
                            Secret.of("by-python"),
                            Expiry.at(stage.clock.instant().plusSeconds(900)))
                    .withRefreshToken(Secret.of("refresh-python"));
            write(theirs);
            return new Outcome.Refused("invalid_grant", "");
        });
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("by-python");
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void a_session_that_vanished_with_an_old_load_comes_back_unless_records_are_removed_one_by_one() {
        stage.rewrite(Map.of());
        if (stage.storage.missingMeansRemoved("tour")) {
            assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
            return;
        }
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_record_of_another_account_is_never_adopted() {
        stage.keep(stage.provider
                .login(TRANSFER)
                .with(Map.of(TRANSFER, stage.provider.login(TRANSFER).first().withIdentityId("ada"))));
        TokenData stranger = stage.provider.login(TRANSFER).first().withIdentityId("bob");
        write(stranger);
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("other_account"));
    }

    @Test
    void a_bad_record_among_good_ones_is_named_to_whoever_asks_for_it() throws Exception {
        assumeThat(Stage.isFile()).as("written as text").isTrue();
        String text = Stage.bytes(stage.file);
        Files.writeString(
                stage.file, text.replace("\"tour\": {", "\"tour\": {\"bad\": {\"resource_server\": \"bad\"}, "));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        assertThatThrownBy(() -> stage.accessToken("bad"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("token_malformed"));
        assertThat(stage.storage.faults("tour"))
                .singleElement()
                .satisfies(fault -> assertThat(fault).hasMessageContaining("bad"));
        assertThat(stage.storage.faults("other")).isEmpty();
        assertThatThrownBy(() -> stage.accessToken("none"))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_resource_server"));
    }

    private void write(TokenData data) {
        Map<String, TokenData> all = stage.load();
        all.put(data.resourceServer(), data);
        stage.rewrite(all);
    }
}
