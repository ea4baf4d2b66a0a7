package io.github.evergrant.providers.globus.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.Written;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.GlobusProvider;
import io.github.evergrant.providers.globus.PlayedGlobus;
import io.github.evergrant.providers.globus.consent.Consent;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.RetryPolicy;
import io.github.evergrant.providers.globus.service.Scripted;
import io.github.evergrant.providers.globus.service.ServiceClient;
import io.github.evergrant.token.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthClientTest {

    private static final ProviderData CAPTURED =
            new GlobusProvider(Map.of("GLOBUS_SDK_SERVICE_URL_AUTH", "http://127.0.0.1:18765/")).describe(null, null);

    private static PlayedGlobus globus;

    private Scripted service = new Scripted(InstantSource.system());

    @BeforeAll
    static void play() {
        globus = PlayedGlobus.ready();
    }

    @AfterAll
    static void end() {
        globus.close();
    }

    @AfterEach
    void forget() {
        globus.reset();
    }

    @Test
    void the_captured_calls_are_ours_too_and_their_replies_are_read() {
        Golden userinfo = Golden.exchanges("userinfo").get(0);
        UserInfo who = scripted(userinfo).userinfo();
        assertSame(userinfo);
        assertThat(who.identityId()).isEqualTo(PlayedGlobus.DEMO);
        assertThat(who.username()).isEqualTo("tester@example.org");
        assertThat(who.name()).isEqualTo("Test User");
        assertThat(who.toString()).doesNotContain("Test User");

        Golden consents = Golden.exchanges("get_consents").get(0);
        List<Consent> given = scripted(consents).consents(PlayedGlobus.DEMO, false);
        assertSame(consents);
        assertThat(given).extracting(Consent::scopeName).containsExactly(PlayedGlobus.TRANSFER_ALL);
    }

    @Test
    void identities_are_asked_for_by_name_or_id() {
        AuthClient client = scripted(200, "{\"identities\":[]}");

        client.identitiesByUsername(List.of("a@b", "c d"), true);
        client.identitiesByUsername(List.of("a"), false);
        client.identitiesById(List.of("1", "2"));

        assertThat(service.calls())
                .extracting(call -> call.uri().getRawQuery())
                .containsExactly("usernames=a%40b%2Cc+d&provision=true", "usernames=a&provision=false", "ids=1%2C2");
        assertThatThrownBy(() -> client.identitiesById(List.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("no_identities"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a?b", "a b", "ä"})
    void what_is_no_id_goes_into_no_address(String id) {
        AuthClient client = scripted(200, "{}");

        assertThatThrownBy(() -> client.consents(id, true))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("bad_identity"));
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void over_the_wire_it_finds_people_and_what_they_allowed() {
        AuthClient client = authorized(globus.token("openid", "email"));

        assertThat(client.userinfo().username()).isEqualTo("demo@example.org");
        assertThat(client.identitiesByUsername(List.of("other@example.org", "nobody@example.org"), false))
                .extracting(Identity::name, Identity::status)
                .containsExactly(tuple("Other Person", "used"));
        assertThat(client.identitiesByUsername(List.of("new@example.org"), true))
                .extracting(Identity::status, Identity::organization)
                .containsExactly(tuple("unused", ""));
        assertThat(client.identitiesById(List.of(PlayedGlobus.DEMO)))
                .extracting(Identity::username)
                .containsExactly("demo@example.org");
        assertThat(client.consents(PlayedGlobus.DEMO, false))
                .extracting(Consent::scopeName)
                .containsExactlyInAnyOrder("openid", "email");
        assertThatThrownBy(() -> client.consents("66666666-7777-4888-8999-aaaaaaaaaaaa", false))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("FORBIDDEN");
    }

    @Test
    void what_cannot_be_read_is_left_out_or_unreadable() {
        assertThat(scripted(200, "{\"identities\":[null,7,{},{\"id\":\"a\",\"username\":\"x\\u001b[2J\"}]}")
                        .identitiesById(List.of("a")))
                .containsExactly(new Identity("a", "x[2J", "", "", "", "", ""));
        assertThat(scripted(200, "{\"consents\":[7,{\"id\":1}]}").consents("a", true))
                .isEmpty();
        for (String body : List.of("", "[]", "{}", "{\"identities\":7}", "<html>")) {
            assertThatThrownBy(() -> scripted(200, body).identitiesById(List.of("a")))
                    .isInstanceOfSatisfying(
                            TemporarilyUnavailable.class,
                            e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
        }
        assertThatThrownBy(() -> scripted(200, "{\"sub\":7}").userinfo()).isInstanceOf(TemporarilyUnavailable.class);
    }

    @Test
    void a_refusal_is_told_in_the_servers_words_and_trouble_is_temporary() {
        failsAs("api_refused", scripted(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"detail\":\"no\"}]}"));
        failsAs("api_refused", scripted(403, "canary"));
        failsAs("api_unavailable", scripted(503, "canary"));
        failsAs("api_unavailable", scripted(429, "{}"));
        assertThatThrownBy(() -> scripted(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"detail\":\"who?\"}]}")
                        .userinfo())
                .hasMessageContaining("UNAUTHORIZED: who?");
    }

    private static void failsAs(String code, AuthClient client) {
        assertThatThrownBy(client::userinfo)
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("canary");
    }

    private AuthClient authorized(Secret token) {
        return AuthClient.of(globus.data, globus.wire.http(), Authorizers.bearer(token));
    }

    private AuthClient scripted(Golden exchange) {
        Golden response = exchange.at("response");
        return scripted(
                Integer.parseInt(response.at("status").text()),
                Written.json(response.at("json").value()));
    }

    private AuthClient scripted(int status, String body) {
        service = new Scripted(InstantSource.fixed(Instant.EPOCH)).json(status, body);
        return new AuthClient(
                ServiceClient.of(CAPTURED, GlobusService.AUTH, service, Authorizers.bearer(Secret.of("FAKE-AT")))
                        .with(RetryPolicy.never()));
    }

    /** Method, address, significant headers and the body. */
    private void assertSame(Golden exchange) {
        assertThat(service.calls()).hasSize(1);
        assertThat(service.last().method()).isEqualTo(exchange.at("method").text());
        assertThat(service.targets()).containsExactly(exchange.at("target").text());
        assertThat(service.last().headers())
                .containsEntry("Accept", "application/json")
                .containsEntry("Authorization", "Bearer FAKE-AT");
        assertThat(service.last().body()).isEmpty();
    }
}
