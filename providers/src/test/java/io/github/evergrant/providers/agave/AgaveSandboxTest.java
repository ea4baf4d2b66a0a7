package io.github.evergrant.providers.agave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library and the sandbox, which knows the protocol from the notes alone. */
final class AgaveSandboxTest {

    private final AgavePlay play = new AgavePlay("sd2e");
    private final Evergrant door = open();

    @AfterEach
    void close() {
        door.close();
        play.close();
    }

    private static Evergrant open() {
        return Evergrant.open(
                MemoryTokenStorage.create(),
                EvergrantSettings.defaults().withRefreshAhead(false).withPatience(Duration.ofSeconds(20)));
    }

    private Session session() {
        return door.keep("tour", play.login(AgaveProvider.SANDBOX_CLIENT), false);
    }

    private AgaveApi api(Session session) {
        return new AgaveApi(play.data, play.http, session.authorizer());
    }

    private HttpCall me() {
        return HttpCall.get(URI.create(AgaveProvider.base(play.data) + "/profiles/v2/me"));
    }

    @Test
    void from_the_list_of_tenants_to_a_profile_and_back_to_nothing() {
        Tenant tenant = play.tenants().meant(play.base() + "/agave/sd2e");
        assertThat(tenant.id()).isEqualTo("sd2e");
        assertThat(play.agave.dataOf(tenant, play.base())).isEqualTo(play.data);

        CreatedClient made = play.clients().create("tour client/ä", "for a test");
        assertThat(play.clients().list()).extracting(AgaveClient::name).contains("tour client/ä");
        play.clients().subscribe("tour client/ä", new Subscription("PublicKeys", "v2", "admin"));
        assertThat(play.clients().subscriptions("tour client/ä"))
                .hasSize(11)
                .endsWith(new Subscription("PublicKeys", "v2", "admin"));

        Session session = door.keep("tour", play.login(made.client()), false);
        assertThat(api(session).me()).isEqualTo(new Profile("demo", "Demo Person", "demo@example.org"));

        play.clients().delete("tour client/ä");
        assertThatThrownBy(session::renewNow)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("client_deleted"));
    }

    @Test
    @DisplayName("17: a session goes on when another client than its own is deleted")
    void a_session_goes_on_when_another_client_is_deleted() {
        CreatedClient mine = play.clients().create("mine", "");
        play.clients().create("other", "");
        Session session = door.keep("tour", play.login(mine.client()), false);

        play.clients().delete("other");

        session.renewNow();
        assertThat(session.standing().dead()).isEmpty();
        assertThat(play.clients().withKey(mine.key()).name()).isEqualTo("mine");
    }

    @Test
    void bad_input_is_said() {
        AgaveClients wrong = new AgaveClients(play.data, new AgaveUser("demo", Secret.of("x")), play.http);
        assertThatThrownBy(wrong::list)
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("wrong_password"));
        assertThatThrownBy(() -> play.clients().create("DefaultApplication", ""))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("client_not_created"));
        assertThatThrownBy(() -> AgaveLogin.password(
                        play.request(AgaveProvider.SANDBOX_CLIENT), new AgaveUser("demo", Secret.of("x")), play.wire()))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("wrong_password"));
        assertThatThrownBy(() -> play.login(Client.confidentialUnencoded("k", Secret.of("s"))))
                .isInstanceOfSatisfying(
                        ProviderRefused.class, e -> assertThat(e.code()).isEqualTo("invalid_client"));
        assertThatThrownBy(() -> play.tenants().named("moon")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_administrator_gets_a_session_of_another_and_nobody_else_does() {
        LoginResult login = AgaveLogin.impersonate(
                play.request(AgaveProvider.SANDBOX_CLIENT), AgavePlay.DEMO, "other", play.wire());
        Session session = door.keep("other", login, false);

        assertThat(api(session).me().username()).isEqualTo("other");
        session.renewNow();
        assertThat(api(session).me().username()).isEqualTo("other");
        assertThatThrownBy(() -> AgaveLogin.impersonate(
                        play.request(AgaveProvider.SANDBOX_CLIENT),
                        new AgaveUser("other", Secret.of("other-password")),
                        "demo",
                        play.wire()))
                .isInstanceOf(ProviderRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd2e", "tacc.prod"})
    @DisplayName(
            "32, 33, Q22, Q23: an ended token is renewed once and the call repeated, whatever language the gateway speaks")
    void an_ended_token_is_renewed_once(String tenant) {
        try (AgavePlay old = new AgavePlay(tenant);
                Evergrant mine = open()) {
            Session session = mine.keep("tour", old.login(AgaveProvider.SANDBOX_CLIENT), false);
            old.expire();

            assertThat(new AgaveApi(old.data, old.http, session.authorizer())
                            .me()
                            .username())
                    .isEqualTo("demo");
            assertThat(old.requests("token.refresh")).isEqualTo(1);
            assertThat(old.requests("profiles.me")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gateway-fault-900901-401.xml,1",
        "gateway-fault-900903-401.xml,1",
        "gateway-fault-900904-401.xml,1",
        "gateway-fault-expired-401.json,1",
        "gateway-fault-other-401.json,0",
        "clients-error-noauth-401.json,0",
        "token-error-invalid-client-401.json,0",
    })
    @DisplayName("32, 33, 34, Q45: what a gateway says of the token leads to one renewal, and nothing else does")
    void what_a_gateway_says_of_the_token_leads_to_one_renewal(String sample, int refreshes) {
        Session session = session();
        play.answer("profiles.me", 1, 401, Captured.text("samples/" + sample));

        HttpReply reply = api(session).send(me());

        assertThat(reply.status()).isEqualTo(refreshes == 1 ? 200 : 401);
        assertThat(play.requests("token.refresh")).isEqualTo(refreshes);
        assertThat(play.requests("profiles.me")).isEqualTo(1 + refreshes);
    }

    @Test
    @DisplayName("34: plain text is no reason to renew")
    void plain_text_is_no_reason_to_renew() {
        Session session = session();
        play.answer("profiles.me", 2, 401, "Invalid Credentials");

        assertThatThrownBy(() -> api(session).me()).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("api_refused");
            assertThat(AgaveError.of(e).orElseThrow().status()).isEqualTo(401);
        });
        assertThat(play.requests("token.refresh")).isZero();
    }

    @Test
    @DisplayName("35: a second refusal is believed")
    void a_second_refusal_is_believed() {
        Session session = session();
        play.answer("profiles.me", 10, 401, Captured.text("samples/gateway-fault-900903-401.xml"));

        assertThat(api(session).send(me()).status()).isEqualTo(401);
        assertThat(api(session).send(me()).status()).isEqualTo(401);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void of_many_callers_with_an_ended_token_one_renews() throws Exception {
        Session session = session();
        AgaveApi api = api(session);
        play.expire();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch gate = new CountDownLatch(1);
            var all = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        gate.await();
                        return api.me().username();
                    }))
                    .toList();
            gate.countDown();
            for (Future<String> each : all) {
                assertThat(each.get()).isEqualTo("demo");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void the_token_goes_to_no_address_but_the_tenants() {
        AgaveApi api = api(session());
        for (String elsewhere : new String[] {
            "https://api.sd2e.org/profiles/v2/me",
            play.base() + "/agave/sgci/profiles/v2/me",
            play.base() + "/agave/sd2e/../sgci/profiles/v2/me",
            play.base() + "/agave/sd2efg/profiles/v2/me"
        }) {
            assertThatThrownBy(() -> api.send(HttpCall.get(URI.create(elsewhere))))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("foreign_address"));
        }
    }

    @Test
    void a_change_that_the_gateway_refused_is_sent_again_and_one_that_a_service_refused_is_not() {
        AgaveApi api = api(session());
        HttpCall change = new HttpCall("POST", me().uri(), Map.of(), new byte[] {'x'});
        play.answer("unknown", 1, 401, Captured.text("samples/gateway-fault-900904-401.xml"));

        // Sent again with another token; the sandbox has no such service, and says so then.
        assertThat(api.send(change).status()).isEqualTo(405);
        assertThat(api.send(change).status()).isEqualTo(405);
        assertThat(play.requests("unknown")).isEqualTo(3);
        assertThat(play.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void html_and_silence_are_temporary() {
        AgaveApi api = api(session());
        play.answer("profiles.me", 1, 503, "<html>down</html>");

        assertThatThrownBy(api::me).isInstanceOf(TemporarilyUnavailable.class);
        play.answer("profiles.me", 1, 200, "<html>hello</html>");
        assertThatThrownBy(api::me)
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class, e -> assertThat(e.code()).isEqualTo("reply_unreadable"));
    }
}
