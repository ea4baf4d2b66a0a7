package io.github.evergrant.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.http.ScriptedSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.testing.FailingStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a login at the door when it is not kept, and of what is stored of none. */
final class KeepOrDiscardTest {

    private static final String API = "api.example.org";
    private static final String AUTH = "auth.example.org";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final ProviderData PROVIDER = new ProviderData(
            "example",
            "Example",
            "production",
            null,
            new Endpoints(
                    "https://auth.example.org",
                    null,
                    URI.create("https://auth.example.org/token"),
                    URI.create("https://auth.example.org/revoke"),
                    null,
                    null,
                    null),
            AUTH,
            Scopes.of("openid", "all"),
            null,
            null,
            null,
            "",
            Map.of());

    private final ScriptedSender sender = new ScriptedSender(NOW);
    private final List<Evergrant> doors = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        doors.forEach(Evergrant::close);
    }

    @Test
    void a_login_that_is_refused_is_revoked() {
        Evergrant door = door(TokenStorages.open("memory:"));
        door.keepOrDiscard("tour", login("ada", token(API, "1", "all")), false);
        assertThat(sender.calls()).isEmpty();
        sender.reply(200, "").reply(200, "");

        assertThatThrownBy(() -> door.keepOrDiscard("tour", login("eve", token(API, "2", "all")), false))
                .isInstanceOf(LoginFailed.class);

        assertThat(revoked()).containsExactly("refresh-2", "access-2");
        assertThat(door.session("tour").token().value().reveal()).isEqualTo("access-1");
    }

    @Test
    void a_login_that_was_durable_before_something_failed_stays_alive() {
        FailingStorage failing = new FailingStorage(TokenStorages.open("json:" + folder.resolve("s.json")));
        Evergrant door = door(failing);
        // The journal is written, and the store is not.
        failing.fail(1, 1);

        assertThatThrownBy(() -> door.keepOrDiscard("tour", login("ada", token(API, "1", "all")), false))
                .isInstanceOf(StorageFailure.class);

        assertThat(sender.calls()).isEmpty();
        assertThat(door.session("tour").token().value().reveal()).isEqualTo("access-1");
    }

    @Test
    void a_login_of_which_nothing_became_durable_is_revoked() {
        FailingStorage failing = new FailingStorage(TokenStorages.open("json:" + folder.resolve("s.json")));
        Evergrant door = door(failing);
        failing.fail(0, 1);
        sender.reply(200, "").reply(200, "");

        assertThatThrownBy(() -> door.keepOrDiscard("tour", login("ada", token(API, "1", "all")), false))
                .isInstanceOf(StorageFailure.class);

        assertThat(revoked()).containsExactly("refresh-1", "access-1");
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    void what_a_session_has_already_is_never_revoked() {
        Evergrant door = door(TokenStorages.open("memory:"));
        LoginResult login = login("ada", token(API, "1", "all"));
        door.keep("tour", login, false);

        assertThat(door.discardUnlessKept("tour", login)).isEmpty();

        assertThat(sender.calls()).isEmpty();
    }

    @Test
    void a_store_that_has_no_place_for_the_name_is_asked_before_anything_is_written() {
        TokenStorage format1 = TokenStorages.open("json1:" + folder.resolve("old.json"));
        Evergrant door = door(format1);
        LoginResult login = login("ada", token(API, "1", "all"));

        assertThatThrownBy(() -> door.keep("tour", login, false))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("store_is_format_1"));

        assertThat(format1.journal("tour").read()).isEmpty();
        door.keep("DEFAULT", login, false);
        assertThat(door.sessions()).containsExactly("DEFAULT");
    }

    @Test
    void a_token_that_only_says_who_somebody_is_is_not_what_a_caller_means() {
        Evergrant door = door(TokenStorages.open("memory:"));

        for (int time = 1; time <= 2; time++) {
            LoginResult login = login("ada", token(AUTH, "a" + time, "openid"), token(API, "b" + time, "all"));
            assertThat(door.keep("tour", login, false).resourceServer()).isEqualTo(API);
        }

        LoginResult several = login("ada", token(AUTH, "c", "openid", "email"), token(API, "d", "all"));
        assertThatThrownBy(() -> door.keep("two", several, false).resourceServer())
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("resource_server_needed"));
        assertThat(door.keep("own", login("ada", token(AUTH, "e", "openid")), false)
                        .resourceServer())
                .isEqualTo(AUTH);
    }

    @Test
    void a_session_of_which_nothing_can_be_read_can_be_ended() throws Exception {
        Path store = folder.resolve("s.json");
        Evergrant door = door(TokenStorages.open("json:" + store));
        door.keep("tour", login("ada", token(API, "1", "all")), false);
        Files.writeString(
                store,
                Files.readString(store)
                        .replace("\"data\": {", "\"data\": {\"odd\": {\"rs\": {\"scope\": 7}}, \"worse\": [], "));

        assertThat(door.logout("odd", false)).isEmpty();
        assertThat(door.logout("worse", false)).isEmpty();

        assertThat(door.sessions()).containsExactly("tour");
        assertThat(sender.calls()).isEmpty();
    }

    private Evergrant door(TokenStorage storage) {
        Evergrant door = Evergrant.open(
                storage,
                sender,
                EvergrantSettings.defaults().withClock(() -> NOW).withRefreshAhead(false));
        doors.add(door);
        return door;
    }

    private List<String> revoked() {
        return sender.calls().stream()
                .filter(call -> call.uri().getPath().equals("/revoke"))
                .map(call -> new String(call.body(), StandardCharsets.UTF_8))
                .map(body -> body.replaceFirst("(?s)^(.*&)?token=([^&]*).*$", "$2"))
                .toList();
    }

    private static TokenData token(String server, String name, String... scopes) {
        return TokenData.bearer(server, Secret.of("access-" + name), Expiry.at(NOW.plusSeconds(900)))
                .withRefreshToken(Secret.of("refresh-" + name))
                .withScopes(Scopes.of(scopes));
    }

    private static LoginResult login(String user, TokenData... tokens) {
        return new LoginResult(
                PROVIDER,
                Client.open("client"),
                new Account(user, user),
                TokenResponse.of(NOW, tokens),
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.of("all"));
    }
}
