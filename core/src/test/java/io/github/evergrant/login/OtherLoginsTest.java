package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OtherLoginsTest {

    private final LoginFixture fixture = new LoginFixture();

    @Test
    void a_machine_logs_in_with_its_clients_secret() {
        fixture.sender.reply(200, "{\"access_token\":\"A\",\"expires_in\":60}");

        LoginResult result =
                ClientCredentialsLogin.run(LoginFixture.withoutOpenid(LoginFixture.CONFIDENTIAL), fixture.wire);

        assertThat(fixture.form(0)).isEqualTo(Map.of("grant_type", "client_credentials", "scope", "all"));
        assertThat(result.kind()).isEqualTo(LoginResult.Kind.CLIENT_CREDENTIALS);
        assertThat(result.account()).isEqualTo(Account.UNKNOWN);
        assertThat(result.response().first().scopes()).isEqualTo(Scopes.of("all"));
        assertThat(result.response().first().expiry()).isEqualTo(Expiry.at(LoginFixture.NOW.plusSeconds(60)));
    }

    @Test
    void a_public_client_has_no_credentials_of_its_own() {
        assertThatThrownBy(
                        () -> ClientCredentialsLogin.run(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("client_secret_missing"));
    }

    @Test
    void a_refresh_token_is_used_at_once_and_its_successor_counts() {
        fixture.sender.reply(200, "{\"access_token\":\"A\",\"refresh_token\":\"R2\",\"scope\":\"s\"}");

        LoginResult result = RefreshTokenLogin.run(
                LoginFixture.withoutOpenid(LoginFixture.NATIVE), Secret.of(" R1\n"), fixture.wire);

        assertThat(fixture.form(0)).containsEntry("refresh_token", "R1").containsEntry("grant_type", "refresh_token");
        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R2"));
        assertThat(result.response().first().scopes()).isEqualTo(Scopes.of("s"));
    }

    /** Statement 56. */
    @Test
    void without_a_successor_the_refresh_token_stays() {
        fixture.sender.reply(200, "{\"access_token\":\"A\",\"refresh_token\":\"\"}");

        LoginResult result =
                RefreshTokenLogin.run(LoginFixture.withoutOpenid(LoginFixture.NATIVE), Secret.of("R1"), fixture.wire);

        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R1"));
    }

    @Test
    void a_name_and_a_password_say_whose_the_login_is() {
        fixture.sender.reply(200, "{\"access_token\":\"A\",\"refresh_token\":\"R\"}");

        LoginResult result = PasswordLogin.run(
                LoginFixture.withoutOpenid(LoginFixture.CONFIDENTIAL), "ada", Secret.of("canary &"), fixture.wire);

        assertThat(fixture.form(0))
                .containsEntry("grant_type", "password")
                .containsEntry("username", "ada")
                .containsEntry("password", "canary &");
        assertThat(result.account()).isEqualTo(new Account("ada", null));
        assertThat(result.kind()).isEqualTo(LoginResult.Kind.REFRESH_TOKEN);
        assertThat(result.toString()).doesNotContain("canary");
    }

    @Test
    void a_password_that_is_wrong_or_empty_is_said_and_never_quoted() {
        fixture.sender.reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"not canary-1\"}");

        assertThatThrownBy(() -> PasswordLogin.run(
                        LoginFixture.withoutOpenid(LoginFixture.CONFIDENTIAL),
                        "ada",
                        Secret.of("canary-1"),
                        fixture.wire))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(List.of(e.code(), e.providerCode().orElseThrow()))
                                .containsExactly("wrong_password", "invalid_grant"))
                .extracting(Throwable::getCause)
                .asString()
                .doesNotContain("canary");
        assertThatThrownBy(() -> PasswordLogin.run(
                        LoginFixture.withoutOpenid(LoginFixture.CONFIDENTIAL), "ada", Secret.of(""), fixture.wire))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> PasswordLogin.run(
                        LoginFixture.withoutOpenid(LoginFixture.CONFIDENTIAL), "", Secret.of("p"), fixture.wire))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_refused_refresh_token_is_named_by_nobody() {
        fixture.sender.reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"canary-1 is gone\"}");

        assertThatThrownBy(() -> RefreshTokenLogin.run(
                        LoginFixture.withoutOpenid(LoginFixture.NATIVE), Secret.of("canary-1"), fixture.wire))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "canary\u0000"})
    void what_cannot_be_a_refresh_token_is_not_sent(String text) {
        assertThatThrownBy(() -> RefreshTokenLogin.run(
                        LoginFixture.withoutOpenid(LoginFixture.NATIVE), Secret.of(text), fixture.wire))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("canary");
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    void a_whole_reply_is_taken_as_it_is_without_a_request() {
        LoginResult result = TokenReplyLogin.read(LoginFixture.request(LoginFixture.NATIVE), """
                {"access_token":"A","refresh_token":"R","id_token":"x.y.z","expires_in":1,"scope":"s1",
                 "other_tokens":[{"access_token":"B","resource_server":"rs2","scope":"s2"}]}
                """, fixture.wire.clock());

        assertThat(result.account()).isEqualTo(Account.UNKNOWN);
        assertThat(result.response().byResourceServer().keySet()).containsExactly("api.example", "rs2");
        assertThat(result.response().first().expiry()).isEqualTo(Expiry.at(LoginFixture.NOW.plusSeconds(1)));
        assertThat(result.response().idToken()).isEqualTo(Secret.of("x.y.z"));
        assertThat(result.response().first().identityId()).isNull();
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "{\"access_token\":\"canary", "{}", "{\"error\":\"invalid_grant\"}", "[[]]"})
    void a_text_that_is_no_reply_is_refused_without_quoting_it(String json) {
        assertThatThrownBy(() ->
                        TokenReplyLogin.read(LoginFixture.request(LoginFixture.NATIVE), json, fixture.wire.clock()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("token_reply_malformed"))
                .hasMessageNotContaining("canary");
    }

    @Test
    void a_text_of_more_than_a_mebibyte_is_refused() {
        String json = "{\"access_token\":\"A\",\"x\":\"" + "y".repeat(1 << 20) + "\"}";

        assertThatThrownBy(() ->
                        TokenReplyLogin.read(LoginFixture.request(LoginFixture.NATIVE), json, fixture.wire.clock()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void userinfo_says_who_somebody_is() {
        fixture.sender.reply(200, "{\"sub\":\"s-1\",\"preferred_username\":7,\"email\":\"a\\u0007da@example.org\"}");

        assertThat(WhoAmI.ask(LoginFixture.PROVIDER, Secret.of("A"), fixture.wire))
                .isEqualTo(new Account("ada@example.org", "s-1"));
        assertThat(fixture.sender.calls().get(0).headers()).containsEntry("Authorization", "Bearer A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"sub\":7}", "{\"sub\":\"a\\u001bb\"}"})
    void userinfo_that_names_nobody_is_unreadable(String body) {
        fixture.sender.reply(200, body);

        assertThatThrownBy(() -> WhoAmI.ask(LoginFixture.PROVIDER, Secret.of("A"), fixture.wire))
                .isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    void a_refused_access_token_is_the_providers_word() {
        fixture.sender.reply(401, "{\"error\":\"invalid_token\"}");

        assertThatThrownBy(() -> WhoAmI.ask(LoginFixture.PROVIDER, Secret.of("A"), fixture.wire))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_token"));
        assertThatThrownBy(() -> WhoAmI.ask(LoginFixture.BARE, Secret.of("A"), fixture.wire))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void introspection_says_what_is_known_of_a_token() {
        fixture.sender
                .reply(200, "{\"active\":true,\"scope\":\"a b\",\"sub\":\"s\",\"username\":\"u\",\"exp\":1}")
                .reply(200, "{\"active\":false}");

        Introspection known = introspect();
        assertThat(known.active()).isTrue();
        assertThat(known.account()).isEqualTo(new Account("u", "s"));
        assertThat(known.scopes()).isEqualTo(Scopes.of("a", "b"));
        assertThat(known.claims()).containsEntry("exp", 1L);
        assertThat(introspect().active()).isFalse();
    }

    @Test
    void a_token_is_revoked_by_its_client_and_a_no_is_the_providers_word() {
        fixture.sender
                .reply(200, "")
                .reply(401, "{\"error\":\"invalid_client\"}")
                .reply(503, "")
                .fail(true);

        revoke(LoginFixture.PROVIDER);

        assertThat(fixture.sender.calls().get(0).uri()).hasToString("https://issuer.example/revoke");
        assertThat(fixture.form(0)).containsEntry("token", "A");
        assertThat(fixture.sender.calls().get(0).headers()).containsKey("Authorization");
        assertThatThrownBy(() -> revoke(LoginFixture.PROVIDER))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_client"));
        for (String code : List.of("provider_unavailable", "network")) {
            assertThatThrownBy(() -> revoke(LoginFixture.PROVIDER))
                    .isInstanceOfSatisfying(
                            TemporarilyUnavailable.class,
                            e -> assertThat(e.code()).isEqualTo(code));
        }
        assertThatThrownBy(() -> revoke(LoginFixture.BARE))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("no_revocation"));
        assertThat(fixture.sender.calls()).hasSize(4);
    }

    private void revoke(ProviderData provider) {
        Revocation.of(provider, LoginFixture.CONFIDENTIAL, Secret.of("A"), fixture.wire);
    }

    private Introspection introspect() {
        return Introspection.of(LoginFixture.PROVIDER, LoginFixture.CONFIDENTIAL, Secret.of("A"), fixture.wire);
    }
}
