package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logouts that cross a renewal or a login, or are cut short. */
final class LogoutTest extends StagedTest {

    @BeforeEach
    void logIn() {
        stage.login(TRANSFER);
    }

    @Test
    void logoutWhileRenewing() {
        stage.spend();
        CompletableFuture<String> renewal = stage.renewHeldBack(TRANSFER);
        // The spent token ended by itself; what is left is what a refresh token, and then the answer, stand for.
        stage.provider.revoke(stage.storage.read("tour", TRANSFER).orElseThrow().withRefreshToken(null));
        assertThat(stage.provider.active()).isNotEmpty();
        CompletableFuture<Void> logout = CompletableFuture.runAsync(() ->
                stage.renewal().end((facts, tokens) -> tokens.forEach(stage.provider::revoke), Duration.ofSeconds(20)));
        stage.provider.openGate();
        logout.join();
        assertThat(renewal.join()).isNotEqualTo("access-2");
        assertThat(stage.provider.active()).isEmpty();
        assertThat(stage.storage.read("tour")).isEmpty();
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("logged_out"));
    }

    @Test
    void an_answer_that_comes_after_the_logout_is_handed_over_for_revocation_and_not_kept() {
        stage.spend();
        CompletableFuture<String> renewal = stage.renewHeldBack(TRANSFER);
        stage.renewal()
                .end((facts, tokens) -> {}, Duration.ZERO); // The renewal holds the lease: out of patience at once.
        stage.provider.openGate();
        assertThatThrownBy(renewal::join).hasCauseInstanceOf(LoginRequired.class);
        assertThat(stage.late).hasSize(1);
        assertThat(stage.storage.read("tour")).isEmpty();
    }

    @Test
    void logoutAfterCrashedSend() {
        stage.provider.grace = true;
        stage.spend();
        stage.provider.next(current -> new Outcome.Unanswered("dropped"));
        stage.provider.next(current -> {
            stage.provider.renew(current);
            return new Outcome.Unanswered("dropped after the work");
        });
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(EvergrantException.class);
        List<String> revoked = new ArrayList<>();
        stage.renewal()
                .end((facts, tokens) -> tokens.forEach(data -> revoked.add(access(data))), Duration.ofSeconds(5));
        // The lost answer was asked for again, so that its tokens could be revoked.
        assertThat(revoked).containsExactly("access-" + (stage.provider.issued - 1));
    }

    @Test
    @DisplayName("LoginDuringLogoutIsKept")
    void a_login_that_comes_while_a_logout_revokes_is_kept() {
        stage.storage.storeConfiguration("tour", "one", Map.of("k", "v"));
        stage.renewal()
                .end(
                        (facts, tokens) -> {
                            tokens.forEach(stage.provider::revoke);
                            stage.login(TRANSFER);
                        },
                        Duration.ofSeconds(5));

        assertThat(stage.provider.active()).contains(stage.stored(TRANSFER));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        assertThat(stage.storage.configuration("tour", "one")).isPresent();
    }

    @Test
    void a_login_that_comes_while_a_logout_revokes_and_leaves_again_is_that_one_s_affair(@TempDir Path folder) {
        TokenStorage there = TokenStorages.open("json:" + folder.resolve("there.json"));
        stage.renewal()
                .end(
                        (facts, tokens) -> {
                            stage.login(TRANSFER);
                            JournalState leaving = stage.journal();
                            leaving.tombstone = Tombstone.elsewhere(stage.clock.instant(), there.address(), null);
                            new Ledger(stage.storage, "tour").write(leaving);
                        },
                        Duration.ofSeconds(5));

        assertThat(stage.journal().heads).containsOnlyKeys(TRANSFER);
        assertThat(stage.records.movedTo())
                .hasValueSatisfying(moved -> assertThat(moved.to()).isEqualTo(there.address()));
    }

    @Test
    void another_programs_login_while_a_logout_revokes_is_kept() {
        TokenData theirs = stage.provider.login(TRANSFER).first();
        stage.renewal()
                .end(
                        (facts, tokens) -> stage.storage.replace(
                                "tour",
                                Map.of(
                                        TRANSFER,
                                        stage.storage
                                                .read("tour", TRANSFER)
                                                .orElseThrow()
                                                .fingerprint()),
                                Map.of(TRANSFER, theirs)),
                        Duration.ofSeconds(5));

        assertThat(stage.accessToken(TRANSFER)).isEqualTo(access(theirs));
    }

    @Test
    void what_is_left_of_a_session_is_small_and_goes_after_a_month() throws Exception {
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        for (String name : List.of("old", "moving")) {
            new SessionRecords(stage.storage, name)
                    .keepLogin(
                            stage.provider.login(TRANSFER),
                            before -> new Admission.Admitted(Map.of(), Admission.Keep.OTHERS));
        }
        TokenStorage there = JsonTokenStorage.open(stage.file.resolveSibling("there.json"));
        new Moving(stage.storage, there, Duration.ofSeconds(5)).move("moving", stage.clock.instant());
        new Renaming(stage.storage, Duration.ofSeconds(5)).rename("old", "new", stage.clock.instant());
        try (Stream<Path> journals = Files.list(Path.of(stage.file + ".d"))) {
            assertThat(journals.filter(file -> !file.getFileName().toString().startsWith("new-"))
                            .toList())
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(4 << 10));
        }
        stage.clock.forward(Duration.ofDays(31));
        stage.login(TRANSFER);
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));

        assertThat(stage.journal().tombstone).isNotNull();
        assertThat(stage.storage.journal("old").read()).isEmpty();
        assertThat(stage.storage.journal("moving").read()).isNotEmpty();
        assertThat(new SessionRecords(stage.storage, "moving").isPresent()).isFalse();
        assertThat(new SessionRecords(stage.storage, "new").isPresent()).isTrue();
    }

    @Test
    void a_login_after_a_logout_starts_anew() {
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        stage.login(TRANSFER);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_logout_that_was_cut_short_can_be_finished() {
        List<String> revoked = new ArrayList<>();
        assertThatThrownBy(() -> stage.renewal()
                        .end(
                                (facts, tokens) -> {
                                    throw new StackOverflowError("as a kill would");
                                },
                                Duration.ofSeconds(5)))
                .isInstanceOf(StackOverflowError.class);
        assertThat(stage.storage.read("tour")).isEmpty();
        // And one that was killed before it could forget: the tombstone still names the tokens.
        stage.login(TRANSFER);
        String alive = stage.stored(TRANSFER);
        JournalState state = stage.journal();
        state.tombstone = new Tombstone(stage.clock.instant(), null);
        state.heads.values().forEach(head -> state.supersede(head.fingerprint()));
        stage.storage.journal("tour").write(JournalCodec.write(state));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
        stage.renewal()
                .end((facts, tokens) -> tokens.forEach(data -> revoked.add(access(data))), Duration.ofSeconds(5));
        assertThat(revoked).containsExactly(alive);
        assertThat(stage.storage.read("tour")).isEmpty();
    }

    @Test
    void nothing_of_a_session_is_left_on_the_disk_after_its_logout() throws Exception {
        stage.spend();
        stage.accessToken(TRANSFER);
        String alive = stage.stored(TRANSFER);
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        try (Stream<Path> files = Files.walk(stage.file.getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Stage.bytes(file)).as(file.toString()).doesNotContain(alive, "refresh-3", "access-2");
            }
        }
    }

    @Test
    void another_programs_login_after_our_logout_is_a_session_again() {
        stage.renewal().end((facts, tokens) -> {}, Duration.ofSeconds(5));
        TokenData theirs = stage.provider.login(TRANSFER).first();
        stage.storage.replace("tour", Map.of(), Map.of(TRANSFER, theirs));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(access(theirs));
        stage.spend();
        assertThat(stage.accessToken(TRANSFER))
                .isEqualTo(stage.stored(TRANSFER))
                .isNotEqualTo(access(theirs));
    }

    private static String access(TokenData data) {
        return data.accessToken().reveal();
    }
}
