package io.github.evergrant.storage.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session door on a storage with demands. */
final class ValidatedSessionTest {

    private static final String API = "api.example.org";

    private static final ProviderData PROVIDER = new ProviderData(
            "example",
            "Example",
            "production",
            null,
            new Endpoints(
                    "https://auth.example.org",
                    null,
                    URI.create("https://auth.example.org/token"),
                    null,
                    null,
                    null,
                    null),
            API,
            Scopes.of("all"),
            null,
            null,
            null,
            "",
            Map.of());

    @TempDir
    private Path folder;

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Evergrant> doors = new ArrayList<>();
    private volatile Duration shift = Duration.ZERO;

    private Instant now() {
        return Instant.now().plus(shift);
    }

    private TokenStorage plain() {
        return JsonTokenStorage.open(folder.resolve("sessions.json"));
    }

    private Evergrant open(TokenValidator... validators) {
        Evergrant door = Evergrant.open(
                ValidatingTokenStorage.over(plain(), validators),
                (call, deadline, limit) -> answer(call),
                EvergrantSettings.defaults().withClock(this::now).withRefreshAhead(false));
        doors.add(door);
        return door;
    }

    @AfterEach
    void close() {
        doors.forEach(Evergrant::close);
    }

    private LoginResult login(String identity, String name, String... scopes) {
        Scopes granted = Scopes.of(scopes);
        TokenData data = TokenData.bearer(API, Secret.of("access-" + name), Expiry.at(now().plusSeconds(900)))
                .withRefreshToken(Secret.of("refresh-" + name))
                .withScopes(granted);
        return new LoginResult(
                PROVIDER,
                Client.open("client"),
                new Account(identity, identity),
                TokenResponse.of(now(), data),
                LoginResult.Kind.REFRESH_TOKEN,
                granted);
    }

    private void spend() {
        shift = shift.plusSeconds(901);
    }

    private HttpReply answer(HttpCall call) {
        asked.add(new String(call.body(), StandardCharsets.UTF_8));
        return new HttpReply(
                200,
                Map.of("Content-Type", List.of("application/json")),
                answers.remove().getBytes(StandardCharsets.UTF_8),
                now());
    }

    private void willAnswer(String name, String more) {
        answers.add("{\"access_token\": \"access-" + name + "\", \"refresh_token\": \"refresh-" + name
                + "\", \"token_type\": \"Bearer\", \"expires_in\": 900" + more + "}");
    }

    private static String accessToken(Evergrant door) {
        return door.session("tour").token().value().reveal();
    }

    private static void assertRefused(Class<? extends EvergrantException> kind, String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(kind, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void a_session_is_kept_renewed_and_ended_whatever_is_demanded_of_it() {
        Evergrant door = open(
                TokenValidators.present(API),
                TokenValidators.notExpired(this::now),
                TokenValidators.hasRefreshTokens(),
                TokenValidators.scopes(Map.of(API, Scopes.of("all"))),
                TokenValidators.sameIdentity());
        door.keep("tour", login("ada", "first", "all"), false);
        assertThat(accessToken(door)).isEqualTo("access-first");
        spend();
        // The storage itself hands out nothing that has ended; a door renews it first.
        assertRefused(LoginRequired.class, "token_expired", () -> door.storage().read("tour"));
        willAnswer("1", "");
        assertThat(accessToken(door)).isEqualTo("access-1");
        assertThat(door.storage().read("tour", API).orElseThrow().accessToken()).isEqualTo(Secret.of("access-1"));
        assertThat(plain().read("tour", API).orElseThrow().identity()).contains("ada");
        door.session("tour").logout(true);
        assertThat(door.sessions()).isEmpty();
        door.keep("tour", login("bob", "second", "all"), false);
        assertThat(accessToken(door)).isEqualTo("access-second");
    }

    @Test
    void a_login_that_is_refused_leaves_nothing_anywhere() {
        Evergrant door =
                open(TokenValidators.scopes(Map.of(API, Scopes.of("all", "more"))), TokenValidators.sameIdentity());
        assertRefused(LoginFailed.class, "unmet_scopes", () -> door.keep("tour", login("ada", "poor", "all"), false));
        assertThat(plain().exists()).isFalse();
        assertThat(plain().journal("tour").read()).isEmpty();
        assertRefused(LoginRequired.class, "unknown_session", () -> door.session("tour"));
        door.keep("tour", login("ada", "rich", "all", "more"), false);
        assertThat(accessToken(door)).isEqualTo("access-rich");
        // Also where the door itself would let the other account in.
        assertRefused(
                LoginFailed.class,
                "other_account",
                () -> door.keep("tour", login("bob", "other", "all", "more"), true));
        assertThat(accessToken(open())).isEqualTo("access-rich");
    }

    @Test
    void a_renewal_that_brings_less_than_is_demanded_is_saved_and_reported() {
        Evergrant door = open(TokenValidators.scopes(Map.of(API, Scopes.of("all"))));
        door.keep("tour", login("ada", "first", "all"), false);
        spend();
        willAnswer("less", ", \"scope\": \"some\"");
        Session session = door.session("tour");
        assertRefused(LoginRequired.class, "unmet_scopes", session::token);
        assertRefused(LoginRequired.class, "unmet_scopes", session::token);
        // Its refresh token may be the only one that is alive.
        assertThat(plain().read("tour", API).orElseThrow().refresh()).contains(Secret.of("refresh-less"));
        assertThat(accessToken(open())).isEqualTo("access-less");
        door.keep("tour", login("ada", "again", "all"), false);
        assertThat(session.token().value().reveal()).isEqualTo("access-again");
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_session_of_two_accounts_is_reported_on_use_and_cleared_by_its_end() {
        TokenData ada = TokenData.bearer("a", Secret.of("at-a"), Expiry.at(now().plusSeconds(900)))
                .withIdentityId("ada");
        TokenData bob = TokenData.bearer("b", Secret.of("at-b"), Expiry.at(now().plusSeconds(900)))
                .withIdentityId("bob");
        plain().replace("tour", Map.of(), Map.of("a", ada, "b", bob));
        Evergrant door = open(TokenValidators.sameIdentity());
        assertThat(door.sessions()).containsExactly("tour");
        assertRefused(
                LoginRequired.class, "other_account", () -> door.session("tour").token("a"));
        door.logout("tour", true);
        assertThat(plain().read("tour")).isEmpty();
        door.keep("tour", login("ada", "new", "all"), false);
        assertThat(accessToken(door)).isEqualTo("access-new");
    }

    @Test
    void a_refresh_token_that_another_program_dropped_is_not_missed() {
        Evergrant door = open(TokenValidators.hasRefreshTokens());
        door.keep("tour", login("ada", "first", "all"), false);
        TokenData there = plain().read("tour", API).orElseThrow();
        TokenData dropped = TokenData.bearer(API, Secret.of("access-python"), there.expiry());
        plain().replace("tour", Map.of(API, there.fingerprint()), Map.of(API, dropped));
        assertRefused(
                LoginRequired.class, "no_refresh_token", () -> door.storage().read("tour"));
        assertThat(accessToken(door)).isEqualTo("access-python");
        spend();
        willAnswer("1", "");
        assertThat(accessToken(door)).isEqualTo("access-1");
        assertThat(asked).singleElement().asString().contains("refresh-first");
    }

    @Test
    void a_session_moves_to_a_storage_with_demands() {
        Evergrant door = open();
        door.keep("tour", login("ada", "first", "all"), false);
        TokenStorage target = ValidatingTokenStorage.over(
                JsonTokenStorage.open(folder.resolve("other.json")), TokenValidators.present(API));
        door.move("tour", target);
        assertThat(target.read("tour")).containsOnlyKeys(API);
    }
}
