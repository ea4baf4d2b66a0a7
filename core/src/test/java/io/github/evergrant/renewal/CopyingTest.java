package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.GROUPS;
import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonDocuments;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second session of one, in another storage. */
final class CopyingTest {

    private Path folder;
    private Stage stage;
    private TokenStorage there;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        this.folder = folder;
        stage = new Stage(folder);
        stage.login(TRANSFER);
        there = Stage.open(folder, "there");
    }

    @AfterEach
    void land() {
        stage.close();
        there.close();
    }

    private boolean copy() {
        return copy(stage.storage, "tour");
    }

    private boolean copy(TokenStorage from, String name) {
        return new Copying(from, there, Duration.ofSeconds(5))
                .copy(name, "twin", Standing::facts, stage.clock.instant());
    }

    /** The next answer keeps the refresh token, as of a provider that does not rotate. */
    private void renewWithoutRotation() {
        stage.provider.next(current -> new Outcome.Granted(TokenResponse.of(
                stage.clock.instant(),
                TokenData.bearer(
                        current.resourceServer(),
                        Secret.of("unrotated"),
                        Expiry.at(stage.clock.instant().plusSeconds(900))))));
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
    }

    @Test
    void where_a_refresh_token_is_known_to_be_used_once_nothing_need_be_seen() {
        stage.records.keepLogin(
                stage.provider.login(TRANSFER),
                before -> new Admission.Admitted(
                        Map.of("provider", "fake", "reuse_grace", "PT0S"), Admission.Keep.OTHERS));

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("rotating_session"));
    }

    @Test
    void a_session_that_was_never_seen_to_rotate_is_copied() {
        stage.storage.storeConfiguration("tour", "one", Map.of("k", "v"));
        renewWithoutRotation();
        assertThat(copy()).isTrue();
        Standing twin = new SessionRecords(there, "twin")
                .standing(stage.clock.instant())
                .orElseThrow();
        assertThat(twin.facts()).isEqualTo(Map.of("provider", "fake"));
        assertThat(Objects.requireNonNull(twin.records().get(TRANSFER)).data().fingerprint())
                .isEqualTo(stage.storage.read("tour", TRANSFER).orElseThrow().fingerprint());
        assertThat(twin.rotates()).isFalse();
        assertThat(twin.lastRenewal()).isNotNull();
        assertThat(there.read("twin")).containsOnlyKeys(TRANSFER);
        assertThat(there.configuration("twin", "one")).contains(Map.of("k", "v"));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("unrotated");
    }

    @Test
    void a_refresh_token_that_was_seen_to_rotate_is_not_copied() throws Exception {
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        Object before = stage.storage.sign("tour");
        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("rotating_session"));
        assertThat(stage.storage.sign("tour")).isEqualTo(before);
        assertThat(there.exists()).isFalse();
    }

    @Test
    void a_new_login_knows_of_no_rotation() {
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        assertThat(stage.journal().rotates).isTrue();
        stage.login(TRANSFER);
        assertThat(copy()).isTrue();
    }

    @Test
    void a_login_that_adds_keeps_what_is_known_of_the_others() {
        stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR);
        stage.login(GROUPS);
        assertThatThrownBy(this::copy).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_foreign_record_with_another_refresh_token_proves_no_rotation() {
        TokenData seen = stage.storage.read("tour", TRANSFER).orElseThrow();
        stage.storage.replace(
                "tour",
                Map.of(TRANSFER, seen.fingerprint()),
                Map.of(
                        TRANSFER,
                        TokenData.bearer(TRANSFER, Secret.of("foreign"), seen.expiry())
                                .withRefreshToken(Secret.of("foreign-refresh"))));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("foreign");
        assertThat(copy()).isTrue();
    }

    @Test
    void without_refresh_tokens_nothing_is_shared() {
        stage.keep(TokenResponse.of(
                stage.clock.instant(),
                TokenData.bearer(
                        TRANSFER,
                        Secret.of("short"),
                        Expiry.at(stage.clock.instant().plusSeconds(900)))));
        assertThat(copy()).isFalse();
        assertThat(there.read("twin", TRANSFER).orElseThrow().accessToken()).isEqualTo(Secret.of("short"));
    }

    @Test
    void a_renewal_that_was_cut_short_is_settled_first() {
        JournalState state = stage.journal();
        Head head = Objects.requireNonNull(state.heads.get(TRANSFER));
        state.intent =
                Owner.self().intent(TRANSFER, head.fingerprint().hex(), stage.clock.instant(), stage.clock.instant());
        stage.storage.journal("tour").write(JournalCodec.write(state));
        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("in_doubt"));
        assertThat(there.exists()).isFalse();
    }

    @Test
    void a_session_that_is_not_there_or_gone_is_named() {
        assertThatThrownBy(() -> copy(stage.storage, "nobody"))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_session"));
        new Moving(stage.storage, there, Duration.ofSeconds(5)).move("tour", stage.clock.instant());
        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("moved"));
    }

    @Test
    void a_name_that_is_taken_is_refused() {
        copy();
        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("session_exists"));
    }

    @Test
    void beside_a_storage_that_is_not_ours_nothing_is_made() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path foreign = Files.writeString(
                own.resolve("tokens.json"),
                new String(JsonDocuments.format2("tour", stage.load()), StandardCharsets.UTF_8)
                        .replaceAll("\"evergrant-[^\"]*\"", "\"4.9.0\""));
        byte[] before = Files.readAllBytes(foreign);
        assertThat(copy(JsonTokenStorage.open(foreign), "tour")).isTrue();
        assertThat(Files.readAllBytes(foreign)).isEqualTo(before);
        try (Stream<Path> all = Files.list(own)) {
            assertThat(all).containsExactly(foreign);
        }
        assertThat(there.read("twin")).containsOnlyKeys(TRANSFER);
    }
}
