package io.github.evergrant.providers.globus;

import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.MY_GROUPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.Wire;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a session is, and whose it may become; against the sandbox. */
final class IdentityTest {

    private static final String AUTH = "auth.globus.org";

    private final PlayedGlobus play = new PlayedGlobus();

    @TempDir
    private Path folder;

    private Evergrant door;

    @BeforeEach
    void open() {
        door = Evergrant.open(
                "json:" + folder.resolve("sessions.json"),
                EvergrantSettings.defaults().withPatience(Duration.ofSeconds(5)));
    }

    @AfterEach
    void close() {
        door.close();
        play.close();
    }

    private static void assertOtherAccount(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("other_account"))
                .isInstanceOfAny(LoginRequired.class, LoginFailed.class);
    }

    @Test
    void openSessionRefusesOtherAccount() {
        door.keep("tour", PlayedGlobus.as("ada", play.login("demo")), false);
        Session open = door.session("tour");
        LoginResult bob = PlayedGlobus.as("bob", play.login("other"));
        assertOtherAccount(() -> door.keep("tour", bob, false));
        assertThat(open.token()).isNotNull();
        door.keep("tour", bob, true);
        assertOtherAccount(open::renewNow);
        assertThat(door.session("tour").identity()).contains("bob");
    }

    @Test
    @DisplayName("80, W7: after a logout somebody else may log in by the same name, through the same door")
    void after_a_logout_somebody_else_may_log_in() {
        Session session = door.keep("tour", PlayedGlobus.as("ada", play.login("demo")), false);
        LoginResult bob = PlayedGlobus.as("bob", play.login("other"));
        assertOtherAccount(() -> door.keep("tour", bob, false));
        assertThat(session.logout(false)).isEmpty();
        Session next = door.keep("tour", bob, false);
        assertThat(next.identity()).contains("bob");
        next.renewNow();
        assertThat(next.token().value())
                .isEqualTo(door.storage().read("tour", GROUPS).orElseThrow().accessToken());
        assertThatThrownBy(session::token).isInstanceOf(LoginRequired.class);
    }

    /** What two logins by two people with one program leave in a store. */
    private void mix() {
        TokenData ada = play.login("demo").response().first().withIdentityId("ada");
        TokenData bob = TokenData.bearer(AUTH, ada.accessToken(), ada.expiry()).withIdentityId("bob");
        door.storage().replace("mixed", Map.of(), Map.of(GROUPS, ada, AUTH, bob));
    }

    @Test
    @DisplayName("81, W21: two identities in one namespace are reported when a token is wanted; a logout clears them")
    void two_identities_are_reported_when_a_token_is_wanted() {
        mix();
        Session session = door.session("mixed");
        for (String each : new String[] {GROUPS, AUTH}) {
            assertOtherAccount(() -> session.token(each));
            assertThatThrownBy(() -> session.token(each)).hasMessageContaining("'mixed' are of several accounts");
        }
        assertThat(session.standing().records()).containsOnlyKeys(GROUPS, AUTH);
        door.logout("mixed", true);
        assertThat(door.sessions()).isEmpty();
        assertThat(door.keep("mixed", PlayedGlobus.as("ada", play.login("demo")), false)
                        .token())
                .isNotNull();
    }

    @Test
    @DisplayName("81, W21: two identities in one namespace give way to a login that may replace them, and to no other")
    void two_identities_give_way_to_a_login_that_may_replace_them() {
        mix();
        LoginResult ada = PlayedGlobus.as("ada", play.login("demo"));
        assertOtherAccount(() -> door.keep("mixed", ada, false));
        assertThat(door.storage().read("mixed")).containsOnlyKeys(GROUPS, AUTH);
        assertThat(door.keep("mixed", ada, true).token()).isNotNull();
        assertThat(door.storage().read("mixed")).containsOnlyKeys(GROUPS);
    }

    @Test
    @DisplayName("W29: a store keeps many sessions, and each knows its provider and client, whoever opens it")
    void a_session_knows_its_provider_and_client() {
        door.keep("person", play.login("demo"), false);
        LoginRequest machine = LoginRequest.of(
                play.provider, play.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, Scopes.of(MY_GROUPS));
        door.keep("machine", ClientCredentialsLogin.run(machine, new Wire(door.http(), InstantSource.system())), false);
        try (Evergrant other = Evergrant.open(door.storage().address())) {
            assertThat(other.sessions()).containsExactly("person", "machine");
            SessionFacts person = other.session("person").facts().orElseThrow();
            assertThat(person.provider()).isEqualTo("globus");
            assertThat(person.client()).isEqualTo(GlobusProvider.SANDBOX_PUBLIC_CLIENT);
            assertThat(other.session("machine").facts().orElseThrow().client().id())
                    .isEqualTo(GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT.id());
            other.session("person").renewNow();
            other.session("machine").renewNow();
        }
        assertThat(play.requests("token.refresh")).isEqualTo(1);
        assertThat(play.requests("token.client_credentials")).isEqualTo(2);
    }
}
