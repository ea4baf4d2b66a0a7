package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that truncate and rewrite the JSON file in place, without locks, from what they read earlier. */
final class ForeignWriterTest {

    private Stage stage;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        stage = new Stage(folder);
        stage.login(TRANSFER, GROUPS);
    }

    @AfterEach
    void land() {
        stage.close();
    }

    @Test
    void pythonRewriteFromOldLoadIsHealed() {
        byte[] loaded = stage.load();
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
        byte[] loaded = stage.load();
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
        stage.rewrite(text(stage.load()).replace(entry(TRANSFER), json(erased)).getBytes(StandardCharsets.UTF_8));
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
        byte[] loaded = stage.load();
        stage.spend();
        String ours = stage.accessToken(TRANSFER);
        // Python renewed the other server's token from its own load, and wrote all it knew.
        TokenData theirs = TokenData.bearer(
                        GROUPS,
                        Secret.of("by-python"),
                        Expiry.at(stage.clock.instant().plusSeconds(900)))
                .withRefreshToken(Secret.of("refresh-python"));
        stage.rewrite(loaded);
        stage.rewrite(text(stage.load()).replace(entry(GROUPS), json(theirs)).getBytes(StandardCharsets.UTF_8));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(ours);
        assertThat(stage.accessToken(GROUPS)).isEqualTo("by-python");
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(stage.stored(GROUPS)).isEqualTo("by-python");
        assertThat(stage.provider.reuses).isZero();
    }

    @Test
    void lazyForeignReaderDoesNotLoseTheAnswer() {
        byte[] loaded = stage.load();
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
            stage.rewrite(
                    text(stage.load()).replace(entry(TRANSFER), json(theirs)).getBytes(StandardCharsets.UTF_8));
            return new Outcome.Refused("invalid_grant", "");
        });
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("by-python");
        assertThat(stage.provider.asked).hasSize(1);
    }

    @Test
    void a_session_that_vanished_with_an_old_load_comes_back() {
        byte[] before = "{\"data\": {}, \"format_version\": \"2.0\", \"globus-sdk.version\": \"4.9.0\"}"
                .getBytes(StandardCharsets.UTF_8);
        stage.rewrite(before);
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
        stage.rewrite(text(stage.load())
                .replace(text(stage.load()).substring(entryStart(TRANSFER), entryEnd(TRANSFER)), json(stranger))
                .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("other_account"));
    }

    @Test
    void a_bad_record_among_good_ones_is_named_to_whoever_asks_for_it() {
        stage.rewrite(text(stage.load())
                .replace(entry(TRANSFER), "\"bad\": {\"resource_server\": \"bad\"}, " + entry(TRANSFER))
                .getBytes(StandardCharsets.UTF_8));
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

    private String entry(String resourceServer) {
        return text(stage.load()).substring(entryStart(resourceServer), entryEnd(resourceServer));
    }

    private int entryStart(String resourceServer) {
        return text(stage.load()).indexOf("\"" + resourceServer + "\": {");
    }

    private int entryEnd(String resourceServer) {
        return text(stage.load()).indexOf("}", entryStart(resourceServer)) + 1;
    }

    private static String json(TokenData data) {
        String refresh = data.refresh()
                .map(rt -> "\"refresh_token\": \"" + rt.reveal() + "\", ")
                .orElse("");
        String identity =
                data.identity().map(id -> "\"identity_id\": \"" + id + "\", ").orElse("");
        return "\"" + data.resourceServer() + "\": {\"resource_server\": \"" + data.resourceServer() + "\", " + identity
                + "\"scope\": \"" + Scopes.of("all").text() + "\", \"access_token\": \""
                + data.accessToken().reveal() + "\", " + refresh + "\"expires_at_seconds\": "
                + data.expiry().epochSecond() + ", \"token_type\": \"Bearer\"}";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
