package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.http.JdkHttpSender;
import io.github.evergrant.http.ProxySettings;
import io.github.evergrant.http.RawServer;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.Wire;
import io.github.evergrant.providers.testing.CapturedMessage;
import io.github.evergrant.token.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How all calls reach the service, and for how long they wait. */
final class SpatiaFiNetworkTest {

    private static final SpatiaFiUser USER = new SpatiaFiUser("ada", Secret.of("secret"));
    private static final BasicToken BASIC = new BasicToken(Secret.of("BASIC"), Recorder.NOW);
    private static final AppCredentials CREDENTIALS = new AppCredentials(null, "i", Secret.of("s".repeat(43)));
    private static final Secret TOKEN = Secret.of("TOKEN");

    private final Recorder recorder = new Recorder();

    @Test
    @DisplayName(
            "spatiafi 43: a proxy that is named is used for the auth service, people's calls too, and for the data")
    void a_proxy_is_used_for_both_hosts() {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")) {
            HttpSettings settings = HttpSettings.defaults()
                    .withProxy(new ProxySettings("127.0.0.1", proxy.uri("/").getPort(), List.of()));
            try (JdkHttpSender http = new JdkHttpSender(settings, InstantSource.system())) {
                List<ThrowingCallable> calls = List.of(
                        () -> SpatiaFiLogin.basic(recorder.data, USER, http),
                        () -> new SpatiaFiClients(recorder.data, http).create(BASIC),
                        () -> SpatiaFiLogin.appCredentials(
                                recorder.provider, recorder.data, CREDENTIALS, new Wire(http, InstantSource.system())),
                        () -> new SpatiaFiApi(recorder.data, http, Authorizers.bearer(TOKEN)).get("api/info"));
                calls.forEach(call -> assertThatThrownBy(call).isInstanceOf(TemporarilyUnavailable.class));
            }

            String auth = connect("proxies-kwarg/01");
            assertThat(proxy.requests().stream().map(head -> head.replaceFirst(" HTTP/(?s).*", "")))
                    .containsExactly(auth, auth, auth, connect("proxies-kwarg/03"));
        }
    }

    private static String connect(String name) {
        return Captured.text(name + ".request.http").replaceFirst(" HTTP/(?s).*", "");
    }

    @Test
    @DisplayName("spatiafi 50: no call waits for longer than half a minute in all, nor ten seconds for a connection")
    void no_call_waits_for_ever() {
        recorder.reply(200, "{\"access_token\":\"T\"}")
                .reply(201, "{\"client_id\":\"i\",\"client_secret\":\"s\"}")
                .reply(200, "{\"access_token\":\"T\"}")
                .reply(200, "{}")
                .reply(200, Captured.text("users-me.200.json"));
        SpatiaFiLogin.basic(recorder.data, USER, recorder);
        new SpatiaFiClients(recorder.data, recorder).create(BASIC);
        SpatiaFiLogin.appCredentials(recorder.provider, recorder.data, CREDENTIALS, recorder.wire());
        new SpatiaFiApi(recorder.data, recorder, Authorizers.bearer(TOKEN)).get("api/info");
        SpatiaFiAccounts.whose(recorder.data, TOKEN, recorder);

        assertThat(recorder.deadlines)
                .hasSize(5)
                .allSatisfy(each -> assertThat(each).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));
        assertThat(HttpSettings.defaults().connectTimeout()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @Test
    void whose_a_token_is_the_service_says() {
        recorder.reply(200, Captured.text("users-me.200.json"));

        Account account = SpatiaFiAccounts.whose(recorder.data, TOKEN, recorder);

        assertThat(account).isEqualTo(new Account("jane.doe@example.com", "99999999-8888-4777-8666-555555555555"));
        assertThat(recorder.only().method()).isEqualTo("GET");
        assertThat(recorder.only().uri()).hasToString("https://auth.spatiafi.com/api/v1/users/me");
        assertThat(CapturedMessage.header(recorder.only(), "Authorization")).isEqualTo("Bearer TOKEN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{}",
                "200|{\"id\":5}",
                "200|{\"id\":\"a\\u0007b\"}",
                "200|[]",
                "200|<html>",
                "503|x",
                "401|{\"detail\":\"Unauthorized TOKEN\"}",
                "404|{\"detail\":\"Not Found\"}"
            })
    void whoever_is_not_named_is_not_known(int status, String body) {
        recorder.reply(status, body);

        assertThatThrownBy(() -> SpatiaFiAccounts.whose(recorder.data, TOKEN, recorder))
                .isInstanceOf(status == 401 || status == 404 ? ProviderRefused.class : TemporarilyUnavailable.class)
                .hasMessageNotContaining("TOKEN");
    }

    @Test
    @DisplayName("spatiafi 4: of a list of parameters, where and what is told")
    void a_list_of_parameters_is_told() {
        recorder.reply(422, Captured.text("fastapi-error.422.guess.json"));

        assertThatThrownBy(() -> SpatiaFiLogin.basic(recorder.data, USER, recorder))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("field required");
    }
}
