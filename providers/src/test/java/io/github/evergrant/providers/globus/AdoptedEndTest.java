package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.renewal.Moving;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How adopted sessions end here, or with the program that began them, or go elsewhere. */
final class AdoptedEndTest extends AdoptionCase {

    @Test
    void a_released_session_stays_where_it_is() {
        adopt("theirs", origin).renewNow();
        String token = stored();
        assertThat(door.release("theirs")).isEmpty();
        assertThat(door.sessions()).isEmpty();
        assertThat(stored()).isEqualTo(token);
        assertThatThrownBy(() -> door.release("theirs"))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_session"));
        assertThat(adopt("again", null).facts()).isPresent();
    }

    @Test
    void a_session_whose_storage_is_damaged_can_be_released_all_the_same() throws Exception {
        adopt("theirs", origin);
        Files.writeString(file, "{");
        assertThat(door.release("theirs"))
                .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("store_corrupt"));
        assertThat(door.sessions()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("{");
    }

    @Test
    void a_logout_ends_the_session_where_it_is_kept_and_the_adoption() {
        adopt("theirs", origin);
        assertThat(door.logout("theirs", false)).isEmpty();
        assertThat(foreign.namespaces()).isEmpty();
        assertThat(door.sessions()).isEmpty();
        assertThat(globus.requests("revoke")).isEqualTo(2);
    }

    @Test
    void a_session_that_its_program_has_ended_is_named_and_its_name_can_be_used_again() {
        adopt("theirs", null);
        foreign.remove("DEFAULT");
        assertThatThrownBy(() -> door.session("theirs")).isInstanceOfSatisfying(LoginRequired.class, e -> {
            assertThat(e.code()).isEqualTo("adopted_gone");
            assertThat(e).hasMessageContaining(foreign.address());
        });
        door.keep("theirs", globus.login("demo"), false);
        assertThat(door.storage().keptAt("theirs"))
                .isEqualTo(new KeptAt(door.storage().address(), "theirs"));
        assertThat(foreign.namespaces()).isEmpty();
    }

    @Test
    void an_adopted_session_can_move_to_us_and_away_and_stays_with_its_program() throws Exception {
        foreign.storeConfiguration("DEFAULT", "auth_client_data", Map.of("client_secret", "the only copy"));
        adopt("theirs", origin);
        byte[] before = Files.readAllBytes(file);
        String token = stored();
        TokenStorage own = TokenStorages.open("json:" + folder.resolve("sessions.json"));
        assertThat(door.move("theirs", own)).isEqualTo(new Moving.Arrived("theirs", true));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(foreign.configuration("DEFAULT", "auth_client_data")).isPresent();
        try (Evergrant theirs = Evergrant.open(TokenStorages.open(foreign.address()), EvergrantSettings.defaults())) {
            assertThat(theirs.sessions()).isEmpty();
            assertThatThrownBy(() -> theirs.session("DEFAULT"))
                    .isInstanceOfSatisfying(
                            LoginRequired.class,
                            e -> assertThat(e).hasMessageContaining(own.address() + ", where it is 'theirs'"));
        }
        assertThat(own.read("theirs", PlayedGlobus.GROUPS)
                        .orElseThrow()
                        .accessToken()
                        .reveal())
                .isEqualTo(token);
        door.session("theirs").renewNow();
        assertThat(door.storage().keptAt("theirs").address()).isEqualTo(own.address());
        assertThat(stored()).isEqualTo(token);

        TokenStorage away = TokenStorages.open("json:" + folder.resolve("away.json"));
        door.move("theirs", away);
        assertThatThrownBy(() -> door.session("theirs"))
                .isInstanceOfSatisfying(LoginRequired.class, e -> assertThat(e).hasMessageContaining(away.address()));
        assertThat(door.sessions()).isEmpty();
        // What stays here is only forgotten: it lives elsewhere.
        assertThatThrownBy(() -> door.logout("theirs", false)).isInstanceOf(LoginRequired.class);
        assertThat(door.logout("theirs", true)).isEmpty();
        assertThat(own.namespaces()).isEmpty();
    }

    @Test
    void an_adopted_session_that_rotates_stays_where_it_is() throws Exception {
        adopt("theirs", origin).renewNow();
        byte[] before = Files.readAllBytes(file);
        TokenStorage own = TokenStorages.open("json:" + folder.resolve("sessions.json"));
        assertThatThrownBy(() -> door.move("theirs", own))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("rotating_adopted"));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        door.session("theirs").renewNow();
    }

    @Test
    void what_is_adopted_and_has_gone_elsewhere_gives_its_name_to_a_login_of_ours() throws Exception {
        adopt("theirs", origin);
        byte[] before = Files.readAllBytes(file);
        door.move("theirs", TokenStorages.open("json:" + folder.resolve("away.json")));
        door.keep("theirs", globus.login("demo"), false);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(door.storage().keptAt("theirs").address())
                .isEqualTo(door.storage().address());
    }

    @Test
    void an_open_session_that_its_program_ends_is_not_brought_back() {
        Session open = adopt("theirs", origin);
        open.renewNow();
        foreign.remove("DEFAULT");
        assertThatThrownBy(open::renewNow).isInstanceOf(LoginRequired.class);
        assertThat(foreign.namespaces()).isEmpty();
    }

    @Test
    void an_open_session_that_went_elsewhere_says_where() {
        Session open = door.keep("tour", globus.login("demo"), false);
        door.rename("tour", "journey");
        assertThatThrownBy(open::standing)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("moved"));
        Session journey = door.session("journey");
        door.logout("journey", false);
        assertThatThrownBy(journey::standing)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("logged_out"));
    }

    @Test
    void a_login_while_an_adopted_session_is_logged_out_is_kept_by_name() {
        adopt("theirs", origin);
        globus.fault("{\"kind\":\"revoke\",\"do\":\"delay\",\"ms\":3000}");
        Session session = door.session("theirs");
        CompletableFuture<Void> logout = CompletableFuture.runAsync(() -> session.logout(false));
        Awaitility.await().until(() -> foreign.journal("DEFAULT").read().containsKey("ended"));
        door.keep("theirs", globus.login("demo"), false);
        logout.join();
        assertThat(door.session("theirs").token().value().reveal()).isEqualTo(stored());
    }

    @Test
    void a_move_to_us_that_was_cut_short_at_its_very_end_is_finished_by_looking() {
        adopt("theirs", origin);
        TokenStorage own = TokenStorages.open("json:" + folder.resolve("sessions.json"));
        try (Evergrant there = Evergrant.open(foreign, EvergrantSettings.defaults())) {
            there.rename("DEFAULT", "theirs");
            there.move("theirs", own);
        }
        AdoptingTokenStorage joined = (AdoptingTokenStorage) door.storage();
        joined.release("theirs");
        joined.adopt("theirs", new KeptAt(foreign.address(), "theirs"));
        assertThat(door.session("theirs").token()).isNotNull();
        assertThat(joined.isAdopted("theirs")).isFalse();
    }
}
