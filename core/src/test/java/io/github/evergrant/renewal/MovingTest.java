package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.storage.validation.TokenValidator;
import io.github.evergrant.storage.validation.ValidatingTokenStorage;
import io.github.evergrant.testing.FailingStorage;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that goes to another storage. */
final class MovingTest extends StagedTest {

    private TokenStorage there;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        stage.login(TRANSFER);
        there = Stage.open(folder, "there");
    }

    @AfterEach
    void close() {
        there.close();
    }

    @Test
    void copyOfRotatingSessionMoves() throws Exception {
        String token = stage.stored(TRANSFER);
        moving(there).move("tour", stage.clock.instant());
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(LoginRequired.class, e -> assertThat(e).hasMessageContaining(there.address()));
        // What was stored stays as it is; here it counts no more.
        assertThat(Stage.bytes(stage.file)).contains(token);
        assertThat(stage.records.isPresent()).isFalse();
        assertThat(stage.records.isElsewhere()).isTrue();
        assertThat(access(there)).isEqualTo(token);
        stage.spend();
        String renewed = renewalThere()
                .obtain(TRANSFER, Demand.GOOD_NOW)
                .data()
                .accessToken()
                .reveal();
        assertThat(renewed).isEqualTo(access(there)).isNotEqualTo(token);
        assertThatThrownBy(() -> stage.renewal().obtain(TRANSFER, Demand.SUCCESSOR))
                .isInstanceOf(LoginRequired.class);
        assertThat(stage.provider.reuses).isZero();
    }

    @Test
    void a_renewal_under_way_ends_first() {
        stage.spend();
        stage.provider.closeGate();
        CompletableFuture<String> renewal = CompletableFuture.supplyAsync(() -> stage.accessToken(TRANSFER));
        stage.provider.arrived.acquireUninterruptibly();
        CompletableFuture<Void> move =
                CompletableFuture.runAsync(() -> moving(there).move("tour", stage.clock.instant()));
        stage.provider.openGate();
        move.join();
        assertThat(access(there)).isEqualTo(renewal.join());
    }

    @Test
    void what_was_cut_short_is_finished_by_doing_it_again() {
        JournalState left = stage.journal();
        left.tombstone = Tombstone.elsewhere(stage.clock.instant(), there.address(), null);
        stage.storage.journal("tour").write(JournalCodec.write(left));
        moving(there).move("tour", stage.clock.instant());
        assertThat(access(there)).isEqualTo("access-2");
        assertThat(stage.records.isElsewhere()).isTrue();
    }

    @Test
    void what_was_cut_short_after_its_arrival_is_finished_by_doing_it_again() {
        new Delivery(there, "tour").deliver(stage.journal(), Map.of());
        JournalState left = stage.journal();
        left.tombstone = Tombstone.elsewhere(stage.clock.instant(), there.address(), null);
        stage.storage.journal("tour").write(JournalCodec.write(left));
        assertThat(stage.records.movedTo())
                .hasValueSatisfying(moved -> assertThat(moved.finished()).isFalse());
        // Meanwhile it may have been renewed where it is now.
        stage.spend();
        String renewed = renewalThere()
                .obtain(TRANSFER, Demand.GOOD_NOW)
                .data()
                .accessToken()
                .reveal();
        moving(there).move("tour", stage.clock.instant());
        assertThat(access(there)).isEqualTo(renewed);
        assertThat(stage.records.movedTo())
                .hasValueSatisfying(moved -> assertThat(moved.finished()).isTrue());
        assertThat(stage.provider.reuses).isZero();
    }

    @Test
    void another_session_that_took_the_name_meanwhile_is_not_taken_for_it() {
        JournalState left = stage.journal();
        left.tombstone = Tombstone.elsewhere(stage.clock.instant(), there.address(), null);
        stage.storage.journal("tour").write(JournalCodec.write(left));
        new SessionRecords(there, "tour")
                .keepLogin(
                        stage.provider.login(TRANSFER),
                        before -> new Admission.Admitted(Map.of(), Admission.Keep.OTHERS));
        String other = access(there);
        assertThatThrownBy(() -> moving(there).move("tour", stage.clock.instant()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("session_exists"));
        assertThat(access(there)).isEqualTo(other);
        assertThat(stage.stored(TRANSFER)).isEqualTo("access-2");
    }

    @Test
    void configuration_goes_along() {
        stage.storage.storeConfiguration("tour", "one", Map.of("k", "v"));
        stage.storage.storeConfiguration("other", "one", Map.of("stays", true));
        moving(there).move("tour", stage.clock.instant());
        assertThat(there.configuration("tour", "one")).contains(Map.of("k", "v"));
        assertThat(stage.storage.configurationNames("tour")).containsExactly("one");
        there.storeConfiguration("tour", "one", Map.of("k", "w"));
        new Moving(there, stage.storage, Duration.ofSeconds(20)).move("tour", stage.clock.instant());
        assertThat(stage.storage.configuration("tour", "one")).contains(Map.of("k", "w"));
        assertThat(there.configurationNames("other")).isEmpty();
        assertThat(stage.storage.configurationNames("other")).containsExactly("one");
    }

    @Test
    void configuration_that_is_there_is_not_written_over() {
        stage.storage.storeConfiguration("tour", "one", Map.of("k", "ours"));
        there.storeConfiguration("tour", "one", Map.of("k", "theirs"));
        assertThatThrownBy(() -> moving(there).move("tour", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(there.configuration("tour", "one")).contains(Map.of("k", "theirs"));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
    }

    @Test
    void nothing_is_moved_to_where_it_is() {
        assertThatThrownBy(() -> moving(stage.storage).move("tour", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
    }

    @Test
    void a_place_that_takes_the_journal_and_not_the_tokens_is_left_as_it_was(@TempDir Path other) {
        TokenStorage narrow = TokenStorages.open("json1:" + other.resolve("narrow.json"));
        assertThatThrownBy(() -> moving(narrow).move("tour", stage.clock.instant()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("store_is_format_1"));
        assertThat(narrow.journal("tour").read()).isEmpty();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
    }

    @Test
    void a_session_can_come_back() {
        moving(there).move("tour", stage.clock.instant());
        new Moving(there, stage.storage, Duration.ofSeconds(20)).move("tour", stage.clock.instant());
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
        assertThat(new SessionRecords(there, "tour").isPresent()).isFalse();
        assertThat(new SessionRecords(there, "tour").movedTo())
                .hasValueSatisfying(moved -> assertThat(moved.to()).isEqualTo(stage.storage.address()));
    }

    @Test
    void who_has_gone_is_not_moved_again() {
        moving(there).move("tour", stage.clock.instant());
        assertThatThrownBy(() -> moving(there).move("tour", stage.clock.instant()))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("moved"));
    }

    @Test
    void a_name_that_is_taken_there_stays_here() {
        moving(there).move("tour", stage.clock.instant());
        stage.login(TRANSFER);
        assertThatThrownBy(() -> moving(there).move("tour", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_place_that_cannot_hold_it_leaves_it_here(@TempDir Path other) throws Exception {
        Path damaged = Files.writeString(other.resolve("damaged.json"), "{\"data\": ");
        TokenStorage broken = TokenStorages.open("json:" + damaged);
        assertThatThrownBy(() -> moving(broken).move("tour", stage.clock.instant()))
                .isInstanceOf(StorageFailure.class);
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
    }

    @Test
    void a_login_that_comes_while_it_moves_is_kept() {
        moving(meanwhile(() -> stage.login(TRANSFER))).move("tour", stage.clock.instant());
        assertThat(access(there)).isEqualTo("access-2");
        assertThat(stage.accessToken(TRANSFER))
                .isEqualTo(stage.stored(TRANSFER))
                .isNotEqualTo("access-2");
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
    }

    @Test
    void a_login_that_comes_while_a_move_fails_is_kept() {
        assertThatThrownBy(() -> moving(meanwhile(() -> {
                            stage.login(TRANSFER);
                            throw new InvalidInput(Problem.of("unwanted", "it is not wanted there"));
                        }))
                        .move("tour", stage.clock.instant()))
                .isInstanceOf(InvalidInput.class);
        assertThat(stage.accessToken(TRANSFER))
                .isEqualTo(stage.stored(TRANSFER))
                .isNotEqualTo("access-2");
    }

    /** The other storage, where something happens just before the tokens are saved. */
    private TokenStorage meanwhile(Runnable what) {
        return ValidatingTokenStorage.over(there, new TokenValidator() {
            @Override
            public void beforeStore(String namespace, Map<String, TokenData> stored, Replacement change) {
                what.run();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_place_that_is_full_leaves_it_here(int after) {
        FailingStorage full = new FailingStorage(there);
        full.fail(after, 1);
        assertThatThrownBy(() -> moving(full).move("tour", stage.clock.instant()))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("disk_full"));
        assertThat(stage.accessToken(TRANSFER)).isEqualTo("access-2");
        assertThat(there.journal("tour").read()).isEmpty();
        moving(there).move("tour", stage.clock.instant());
        assertThat(access(there)).isEqualTo("access-2");
    }

    @Test
    void what_was_sent_to_a_place_that_is_gone_can_be_sent_elsewhere(@TempDir Path other) throws Exception {
        Path damaged = Files.writeString(other.resolve("damaged.json"), "{\"data\": ");
        for (String gone : List.of("nowhere:x", "json:" + other.resolve("none.json"), "json:" + damaged)) {
            stage.login(TRANSFER);
            String token = stage.stored(TRANSFER);
            leaveFor(gone);
            assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
            TokenStorage target = JsonTokenStorage.open(other.resolve("target-" + token + ".json"));
            moving(target).move("tour", stage.clock.instant());
            assertThat(access(target)).isEqualTo(token);
            assertThat(new SessionRecords(target, "tour").isPresent()).isTrue();
            assertThat(stage.records.movedTo())
                    .hasValueSatisfying(moved -> assertThat(moved.to()).isEqualTo(target.address()));
        }
    }

    @Test
    void what_has_arrived_where_it_was_sent_is_not_sent_elsewhere(@TempDir Path other) {
        new Delivery(there, "tour").deliver(stage.journal(), Map.of());
        leaveFor(there.address());
        TokenStorage target = JsonTokenStorage.open(other.resolve("target.json"));
        assertThatThrownBy(() -> moving(target).move("tour", stage.clock.instant()))
                .isInstanceOfSatisfying(LoginRequired.class, e -> assertThat(e).hasMessageContaining(there.address()));
        assertThat(target.namespaces()).isEmpty();
        assertThat(stage.records.isElsewhere()).isTrue();
        assertThat(access(there)).isEqualTo("access-2");
    }

    @Test
    void what_cannot_be_sent_elsewhere_either_stays_on_its_way(@TempDir Path other) throws Exception {
        Path damaged = Files.writeString(other.resolve("damaged.json"), "{\"data\": ");
        leaveFor("json:" + damaged);
        FailingStorage full = new FailingStorage(there);
        full.fail(0, 1);
        assertThatThrownBy(() -> moving(full).move("tour", stage.clock.instant()))
                .isInstanceOf(StorageFailure.class);
        // It may have arrived there, for all that can be seen.
        assertThat(stage.records.movedTo())
                .hasValueSatisfying(moved -> assertThat(moved.to()).isEqualTo("json:" + damaged));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
        moving(there).move("tour", stage.clock.instant());
        assertThat(access(there)).isEqualTo("access-2");
    }

    private void leaveFor(String address) {
        JournalState left = stage.journal();
        left.tombstone = Tombstone.elsewhere(stage.clock.instant(), address, null);
        new Ledger(stage.storage, "tour").write(left);
    }

    private Moving moving(TokenStorage target) {
        return new Moving(stage.storage, target, Duration.ofSeconds(20));
    }

    private Renewal renewalThere() {
        Surroundings around = new Surroundings(stage.clock, facts -> stage.provider, null, (facts, late) -> {});
        return new Renewal(there, "tour", around, stage.flights, response -> {});
    }

    private static String access(TokenStorage storage) {
        return storage.read("tour", TRANSFER).orElseThrow().accessToken().reveal();
    }
}
