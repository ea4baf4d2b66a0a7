package io.github.evergrant.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.oauth.Pkce;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasteLoginTest {

    private static final String TOKENS = "{\"access_token\":\"A\",\"refresh_token\":\"R\"}";

    private final LoginFixture fixture = new LoginFixture();
    private final PasteLogin login = PasteLogin.start(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire);
    private final Map<String, String> asked =
            LoginFixture.form(login.authorizationUrl().getRawQuery());

    @Test
    void the_address_binds_the_answer_to_us() {
        assertThat(asked)
                .containsOnlyKeys(
                        "client_id",
                        "redirect_uri",
                        "scope",
                        "state",
                        "response_type",
                        "code_challenge",
                        "code_challenge_method")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", "https://issuer.example/code");
        // 256 bits in base64url.
        assertThat(asked.get("state")).hasSize(43);
    }

    @Test
    @DisplayName("86: a page that shows codes to public clients only is not for one with a secret")
    void a_page_for_public_clients_is_not_for_one_with_a_secret() {
        ProviderData data = LoginFixture.pastingForPublicClients();
        LoginRequest secret = new LoginRequest(data, LoginFixture.CONFIDENTIAL, Scopes.of("all"), true, Map.of());
        LoginRequest open = new LoginRequest(data, LoginFixture.NATIVE, Scopes.of("all"), true, Map.of());
        URI registered = URI.create("https://example.org/cb");
        LoginWay way = PasteLogin.asking(null, address -> {
            throw new AssertionError("asked");
        });

        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> PasteLogin.start(secret, fixture.wire),
                () -> way.login(secret, fixture.wire, login -> "kept"),
                () -> way.requirePossible(data, LoginFixture.CONFIDENTIAL))) {
            assertThatThrownBy(refused)
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("redirect_needed"))
                    .hasMessage("Paper shows codes to be pasted for public clients only");
        }
        assertThat(PasteLogin.start(open, fixture.wire)).isNotNull();
        assertThat(PasteLogin.start(secret, registered, fixture.wire)).isNotNull();
        PasteLogin.asking(registered, address -> null).requirePossible(data, LoginFixture.CONFIDENTIAL);
        way.requirePossible(data, LoginFixture.NATIVE);
    }

    @Test
    void openid_adds_a_nonce_and_every_login_has_values_of_its_own() {
        LoginRequest request = LoginFixture.request(LoginFixture.CONFIDENTIAL);
        URI one = PasteLogin.start(request, fixture.wire).authorizationUrl();
        URI two = PasteLogin.start(request, fixture.wire).authorizationUrl();

        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertThat(LoginFixture.form(one.getRawQuery()).get(name))
                    .isNotEmpty()
                    .isNotEqualTo(LoginFixture.form(two.getRawQuery()).get(name));
        }
    }

    /** Statements 62 and 66. */
    @Test
    void a_bare_code_is_trimmed_and_redeemed_with_the_verifier() {
        fixture.sender.reply(200, TOKENS);

        LoginResult result = login.finish("  code-1 \n");

        Map<String, String> form = fixture.form(0);
        assertThat(form)
                .containsOnlyKeys("client_id", "grant_type", "code", "code_verifier", "redirect_uri")
                .containsEntry("code", "code-1")
                .containsEntry("redirect_uri", "https://issuer.example/code");
        assertThat(new Pkce(Secret.of(form.getOrDefault("code_verifier", ""))).challenge())
                .isEqualTo(asked.get("code_challenge"));
        assertThat(fixture.sender.calls().get(0).headers()).doesNotContainKey("Authorization");
        assertThat(result.kind()).isEqualTo(LoginResult.Kind.REFRESH_TOKEN);
        assertThat(result.account()).isEqualTo(Account.UNKNOWN);
        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R"));
        // A reply that names no scopes grants what was asked for.
        assertThat(result.response().first().scopes()).isEqualTo(Scopes.of("all"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/code?code=c%2F1&state=STATE",
                "HTTPS://issuer.example/code?state=STATE&code=c%2F1&iss=https%3A%2F%2Fissuer.example#top",
                "code=c%2F1&state=STATE",
                "?state=STATE&code=c%2F1"
            })
    void a_pasted_address_is_believed_by_its_state(String pasted) {
        fixture.sender.reply(200, TOKENS);

        login.finish(pasted.replace("STATE", asked.get("state")));

        assertThat(fixture.form(0)).containsEntry("code", "c/1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example/code?code=c, state_mismatch",
        "https://issuer.example/code?code=c&state=, state_mismatch",
        "https://issuer.example/code?code=c&state=forged, state_mismatch",
        "https://issuer.example/code?error=access_denied&state=forged, state_mismatch",
        "https://issuer.example/code?code=c&state=STATE&iss=https://issuer.example/, issuer_mismatch",
        "https://issuer.example/code?error=access_denied&state=STATE, login_denied"
    })
    void an_answer_that_is_not_ours_or_says_no_ends_without_a_request(String pasted, String code) {
        assertThatThrownBy(() -> login.finish(pasted.replace("STATE", asked.get("state"))))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    void the_words_of_a_denial_are_cleaned() {
        String words = "a%1B%5B2J" + "b".repeat(999);

        assertThatThrownBy(() -> login.finish("https://issuer.example/code?state=" + asked.get("state")
                        + "&error=access_denied&error_description=" + words))
                .isInstanceOf(LoginFailed.class)
                .hasMessageContaining("Paper did not grant access: a[2Jb")
                .message()
                .hasSizeLessThan(400)
                .doesNotContain("\u001b");
    }

    @Test
    void the_address_of_the_login_itself_holds_no_code() {
        assertThatThrownBy(() -> login.finish(login.authorizationUrl().toString()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("code_malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "can ary", "canary\u0000", "canary\u00e4"})
    void what_cannot_be_a_code_is_not_sent(String pasted) {
        assertThatThrownBy(() -> login.finish(pasted))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("canary");
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/code?code=a&code=b&state=STATE",
                "https://issuer.example/code?code=%zz&state=STATE"
            })
    void an_ambiguous_address_is_refused(String pasted) {
        assertThatThrownBy(() -> login.finish(pasted.replace("STATE", asked.get("state"))))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("redirect_malformed"));
    }

    @Test
    void a_refused_code_and_a_refused_client_are_the_providers_word() {
        fixture.sender
                .reply(401, "{\"error\":\"invalid_grant\",\"error_description\":\"canary-code is spent\"}")
                .reply(401, "{\"error\":\"invalid_client\"}")
                .reply(400, "{\"error\":\"house_rule_7\"}");

        failsAs(ProviderRefused.class, "invalid_grant", () -> login.finish("canary-code"));
        failsAs(ProviderRefused.class, "invalid_client", () -> login.finish("canary-code"));
        failsAs(ProviderRefused.class, "provider_refused", () -> login.finish("canary-code"));
    }

    @Test
    @DisplayName("W33: trouble at the exchange of a code is temporary, and nothing is sent twice")
    void trouble_is_temporary_and_nothing_is_sent_twice() {
        fixture.sender
                .fail(true)
                .reply(503, Map.of("Retry-After", List.of("7")), "<html>canary</html>")
                .reply(200, "<html>canary</html>")
                .reply(200, "{\"access_token\":\"canary\\u0000\"}");

        failsAs(TemporarilyUnavailable.class, "network", () -> login.finish("canary-code"));
        failsAs(TemporarilyUnavailable.class, "provider_unavailable", () -> login.finish("canary-code"));
        failsAs(TemporarilyUnavailable.class, "reply_unreadable", () -> login.finish("canary-code"));
        failsAs(TemporarilyUnavailable.class, "reply_unreadable", () -> login.finish("canary-code"));
        assertThat(fixture.sender.calls()).hasSize(4);
    }

    @Test
    void as_a_way_to_log_in_it_shows_somebody_the_address_and_redeems_what_they_paste() {
        fixture.sender.reply(200, TOKENS);
        List<URI> shown = new ArrayList<>();
        List<LoginResult> kept = new ArrayList<>();

        LoginResult result = PasteLogin.asking(null, address -> {
                    shown.add(address);
                    return " code-1\n";
                })
                .login(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire, granted -> {
                    kept.add(granted);
                    return "";
                });

        assertThat(kept).containsExactly(result);
        assertThat(shown).hasSize(1).first().asString().startsWith("https://issuer.example/authorize?");
        assertThat(fixture.form(0)).containsEntry("code", "code-1");
        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("R"));
    }

    /** Statement 66. */
    @Test
    void who_pastes_nothing_has_cancelled() {
        LoginWay way = PasteLogin.asking(null, address -> null);

        failsAs(
                LoginFailed.class,
                "login_cancelled",
                () -> way.login(LoginFixture.withoutOpenid(LoginFixture.NATIVE), fixture.wire, LoginResult::sentence));
        assertThat(fixture.sender.calls()).isEmpty();
    }

    @Test
    void without_a_page_that_shows_the_code_a_redirect_must_be_given() {
        LoginRequest bare = new LoginRequest(LoginFixture.BARE, LoginFixture.NATIVE, Scopes.NONE, true, Map.of());

        failsAs(InvalidInput.class, "paste_unavailable", () -> PasteLogin.start(bare, fixture.wire));
        failsAs(
                InvalidInput.class,
                "no_browser_login",
                () -> PasteLogin.start(bare, URI.create("https://example.org/cb"), fixture.wire));
    }

    private static void failsAs(Class<? extends EvergrantException> type, String code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(type)
                .hasMessageNotContaining("canary")
                .satisfies(e -> assertThat(((EvergrantException) e).code()).isEqualTo(code));
    }
}
