package io.github.evergrant.providers.globus;

import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.MY_GROUPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.testing.GlobusPython;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door as a program uses it, against the sandbox. */
final class SessionTest {

    private static final EvergrantSettings SETTINGS =
            EvergrantSettings.defaults().withPatience(Duration.ofSeconds(5));

    private final PlayedGlobus play = new PlayedGlobus();

    @TempDir
    private Path folder;

    private Evergrant door;

    @BeforeEach
    void open() {
        door = Evergrant.open("json:" + folder.resolve("sessions.json"), SETTINGS);
    }

    @AfterEach
    void close() {
        door.close();
        play.close();
    }

    @Test
    void a_session_says_when_its_token_ends() {
        Session session = door.keep("tour", play.login("demo"), false);
        assertThat(session.expiresAt()).isPresent();
        assertThat(session.remaining().orElseThrow()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        assertThat(session.resourceServer()).isEqualTo(GROUPS);
        assertThat(session.renew()).isFalse();
        String before = session.token().value().reveal();
        session.renewNow();
        assertThat(door.session("tour").token().value().reveal()).isNotEqualTo(before);
    }

    @Test
    @DisplayName("52, 53: a listener hears each response once, after it is stored; what it throws breaks nothing")
    void a_listener_hears_the_whole_response_after_it_is_stored_and_may_throw() {
        Session session = door.keep("tour", play.login("demo"), false);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        session.onRefresh(response -> {
            heard.add(response.first().accessToken().reveal());
            throw new IllegalStateException("a listener's own trouble");
        });
        session.onRefresh(response -> heard.add(
                door.storage().read("tour", GROUPS).orElseThrow().accessToken().reveal()));
        session.renewNow();
        Awaitility.await().until(() -> heard.size() == 2);
        assertThat(heard).containsOnly(session.token().value().reveal());
        assertThat(session.renew()).isFalse();
        assertThat(heard).hasSize(2);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void a_session_of_several_resource_servers_wants_one_named() {
        String reply = play.grant("\"user\":\"demo\"");
        Session session = door.keep("tour", play.read(reply), false);
        assertThatThrownBy(session::token)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("resource_server_needed"));
        assertThat(session.token(GROUPS).resourceServer()).isEqualTo(GROUPS);
    }

    @Test
    @DisplayName("V2StoreOnA10FileKeepsClientAndProvider")
    void a_store_of_format_1_that_python_upgraded_keeps_client_and_provider() {
        Path file = folder.resolve("old.json");
        try (Evergrant old = Evergrant.open("json1:" + file, SETTINGS)) {
            old.keep("DEFAULT", play.login("demo"), false);
        }
        try (GlobusPython python = GlobusPython.json(file)) {
            python.ask("v2.restore", "DEFAULT", GROUPS);
            assertThat(python.fails("v1.read")).isEqualTo("ValueError");
        }
        try (Evergrant upgraded = Evergrant.open("json:" + file, SETTINGS)) {
            Session session = upgraded.session("DEFAULT");
            SessionFacts facts = session.facts().orElseThrow();
            assertThat(facts.provider()).isEqualTo("globus");
            assertThat(facts.base()).isEqualTo(play.data.base());
            assertThat(facts.client()).isEqualTo(GlobusProvider.SANDBOX_PUBLIC_CLIENT);
            String before = session.token().value().reveal();
            session.renewNow();
            assertThat(session.token().value().reveal()).isNotEqualTo(before);
        }
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void logout_leaves_nothing_alive() {
        Session session = door.keep("tour", play.login("demo"), false);
        Secret access = session.token().value();
        assertThat(session.logout(false)).isEmpty();
        assertThat(play.isActive(access)).isFalse();
        assertThatThrownBy(() -> door.session("tour")).isInstanceOf(LoginRequired.class);
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("79, W27: a logout that cannot revoke says so of each token, and forgets all the same")
    void a_logout_that_cannot_revoke_says_so_and_forgets_all_the_same() {
        Session session = door.keep("tour", play.login("demo"), false);
        play.answer("revoke", 99, 500);
        assertThat(session.logout(false))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("500"));
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    void a_session_with_a_damaged_journal_can_be_ended() throws Exception {
        door.keep("tour", play.login("demo"), false);
        try (Stream<Path> journals = Files.list(folder.resolve("sessions.json.d"))) {
            Files.writeString(
                    journals.filter(file -> file.toString().endsWith(".journal"))
                            .findFirst()
                            .orElseThrow(),
                    "junk");
        }
        assertThatThrownBy(() -> door.session("tour"))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("journal_corrupt"));
        assertThat(door.logout("tour", false)).hasSize(1).first().asString().contains("which client");
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("85: a machine session renews by its credentials")
    void a_machine_session_renews_by_its_credentials() {
        LoginRequest request = LoginRequest.of(
                play.provider, play.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, Scopes.of(MY_GROUPS));
        LoginResult login = ClientCredentialsLogin.run(request, new Wire(door.http(), InstantSource.system()));
        Session session = door.keep("machine", login, false);
        String before = session.token().value().reveal();
        session.renewNow();
        assertThat(session.token().value().reveal()).isNotEqualTo(before);
        assertThat(door.session("machine").token()).isEqualTo(session.token());
        assertThat(play.requests("token.client_credentials")).isEqualTo(2);
    }

    @Test
    void tokens_that_another_program_wrote_are_used_and_cannot_be_renewed_for_want_of_a_client() {
        TokenData data = play.login("demo").response().first();
        door.storage().replace("python", Map.of(), Map.of(GROUPS, data));
        Session session = door.session("python");
        assertThat(session.token().value()).isEqualTo(data.accessToken());
        assertThatThrownBy(session::renewNow)
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("unknown_client"));
    }

    @Test
    void tokens_that_another_program_wrote_are_renewed_and_revoked_once_their_client_is_named() {
        TokenData tokens = play.login("demo").response().first();
        door.storage().replace("python", Map.of(), Map.of(GROUPS, tokens));
        Client client = GlobusProvider.SANDBOX_PUBLIC_CLIENT;

        Session session = door.adopt("python", play.data, client, LoginResult.Kind.REFRESH_TOKEN);

        assertThat(session.token().value()).isEqualTo(tokens.accessToken());
        session.renewNow();
        assertThat(session.token().value()).isNotEqualTo(tokens.accessToken());
        assertThatThrownBy(
                        () -> door.adopt("python", play.data, Client.open("another"), LoginResult.Kind.REFRESH_TOKEN))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("other_client"));
        assertThat(door.adopt("python", play.data, client, LoginResult.Kind.REFRESH_TOKEN)
                        .token())
                .isEqualTo(session.token());
        Secret last = session.token().value();
        assertThat(session.logout(false)).isEmpty();
        assertThat(play.isActive(last)).isFalse();
        assertThatThrownBy(() -> door.adopt("python", play.data, client, LoginResult.Kind.REFRESH_TOKEN))
                .isInstanceOf(LoginRequired.class);
    }

    @Test
    void a_login_that_is_not_kept_is_revoked_on_request() {
        LoginResult login = play.login("demo");

        assertThat(door.discard(login)).isEmpty();

        assertThat(play.isActive(login.response().first().accessToken())).isFalse();
        assertThat(door.sessions()).isEmpty();
    }
}
