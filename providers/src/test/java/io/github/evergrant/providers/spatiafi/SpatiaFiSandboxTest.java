package io.github.evergrant.providers.spatiafi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library and the sandbox, which knows the protocol from the notes alone. */
final class SpatiaFiSandboxTest {

    private static final String INFO = "api/info?item_id=x";

    private final SpatiaFiPlay play = new SpatiaFiPlay();
    private final List<Evergrant> doors = new ArrayList<>();
    private final Evergrant door = open(TokenStorages.open("memory:"));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        doors.forEach(Evergrant::close);
        play.close();
    }

    private Evergrant open(TokenStorage storage) {
        return open(storage, InstantSource.system());
    }

    private Evergrant open(TokenStorage storage, InstantSource clock) {
        Evergrant opened = Evergrant.open(
                storage,
                EvergrantSettings.defaults()
                        .withRefreshAhead(false)
                        .withPatience(Duration.ofSeconds(20))
                        .withClock(clock));
        doors.add(opened);
        return opened;
    }

    private Session session() {
        return door.keep("tour", play.login(), false);
    }

    private SpatiaFiApi api(Session session) {
        return new SpatiaFiApi(play.data, play.http, session.authorizer());
    }

    @Test
    @DisplayName("spatiafi 31: from a password to app credentials, a session of theirs, and the data")
    void from_a_password_to_the_data() {
        BasicToken basic = SpatiaFiLogin.basic(play.data, SpatiaFiPlay.DEMO, play.http);
        assertThat(basic.remaining(Instant.now())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
        AppCredentials made = new SpatiaFiClients(play.data, play.http).create(basic);

        Session session = door.keep("tour", play.login(made), false);

        assertThat(api(session).get(INFO).status()).isEqualTo(200);
        assertThat(session.remaining().orElseThrow()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
        session.renewNow();
        assertThat(api(session).get(INFO).status()).isEqualTo(200);
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(2);
        assertThat(play.requests("clients.create")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "spatiafi 6, spatiafi 27: on the wire a creation has an empty body without a type, and a token request no header of a client")
    void what_is_on_the_wire_is_as_captured() {
        play.login(play.create());

        assertThat(play.headers("clients.create"))
                .containsEntry("content-length", "[0]")
                .containsKey("authorization")
                .doesNotContainKey("content-type");
        assertThat(play.headers(SpatiaFiPlay.TOKEN))
                .containsEntry("content-type", "[application/x-www-form-urlencoded;charset=UTF-8]")
                .doesNotContainKey("authorization");
    }

    @Test
    @DisplayName("spatiafi 30: a short secret signs logins and renewals all the same")
    void a_short_secret_signs_all_the_same() {
        Session session = door.keep(
                "tour", play.login(new AppCredentials(null, "sandbox-spatiafi-short", Secret.of("short"))), false);

        session.renewNow();

        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(2);
    }

    @Test
    @DisplayName("spatiafi 33, spatiafi 38: a token that is refused is renewed once, and the call repeated once")
    void a_refused_token_is_renewed_once() {
        Session session = session();
        play.expire();

        assertThat(api(session).get(INFO).status()).isEqualTo(200);
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(2);

        play.answer("info", 2, 401, "{\"detail\":\"Unauthorized\"}");
        Session other = door.keep("other", play.login(), false);
        int before = play.requests(SpatiaFiPlay.TOKEN);
        assertThat(api(other).get(INFO).status()).isEqualTo(401);
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("spatiafi 34: with 61 seconds left a token is good, with 59 it is renewed")
    void a_token_is_renewed_a_minute_before_its_end() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Session session = open(TokenStorages.open("memory:"), now::get).keep("tour", play.login(), false);
        Instant end = session.expiresAt().orElseThrow();

        now.set(end.minusSeconds(61));
        session.token();
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(1);
        now.set(end.minusSeconds(59));
        session.token();
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(2);
    }

    @Test
    @DisplayName("spatiafi 35: of many threads with a refused token one renews")
    void of_many_threads_one_renews() throws Exception {
        Session session = session();
        play.expire();

        assertThat(together(5, session)).containsOnly(200);

        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "spatiafi 36, spatiafi 37: programs that share a store share a token, and of those that find it refused one renews")
    void programs_that_share_a_store_share_a_token() throws Exception {
        String address = "json:" + folder.resolve("sessions.json");
        open(TokenStorages.open(address)).keep("tour", play.login(), false);
        Session[] programs = new Session[4];
        for (int i = 0; i < programs.length; i++) {
            programs[i] = open(TokenStorages.open(address)).session("tour");
        }

        assertThat(together(4, programs)).containsOnly(200);
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(1);
        play.expire();
        assertThat(together(4, programs)).containsOnly(200);
        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "spatiafi 39: a call that changes nothing is sent again while the service does not work, three times at most")
    void a_call_that_changes_nothing_is_sent_again() {
        SpatiaFiApi api = api(session());

        play.answer("info", 2, 503, "{}");
        assertThat(api.get(INFO).status()).isEqualTo(200);
        assertThat(play.requests("info")).isEqualTo(3);

        play.answer("info", 10, 502, "{}");
        assertThat(api.get(INFO).status()).isEqualTo(502);
        assertThat(play.requests("info")).isEqualTo(7);

        play.answer("clients.create", 10, 503, "{}");
        HttpCall change = new HttpCall("POST", at("api/v1/clients/"), Map.of(), new byte[0]);
        assertThat(api.send(change).status()).isEqualTo(503);
        assertThat(play.requests("clients.create")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/api/info",
                "//example.org/",
                "/globus/groups/v2/groups/my_groups",
                "../x",
                "a b"
            })
    void the_token_goes_nowhere_else(String path) {
        SpatiaFiApi api = api(session());

        assertThatThrownBy(() -> api.get(path))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("foreign_address"));
    }

    @Test
    @DisplayName("spatiafi 40: a service that does not work for a moment ends no session")
    void a_service_that_does_not_work_ends_no_session() {
        Session session = session();
        play.answer(SpatiaFiPlay.TOKEN, 1, 503, "{\"detail\":\"down\"}");

        assertThatThrownBy(session::renewNow).isInstanceOf(TemporarilyUnavailable.class);
        session.renewNow();

        assertThat(play.requests(SpatiaFiPlay.TOKEN)).isEqualTo(3);
    }

    @Test
    @DisplayName("spatiafi 41: a renewal that is refused says so, shows no secret, and the session can go on")
    void a_renewal_that_is_refused_says_so() {
        Session session = session();
        play.answer(SpatiaFiPlay.TOKEN, 10, 401, "{\"detail\":\"Unauthorized\"}");

        assertThatThrownBy(session::renewNow)
                .isInstanceOf(EvergrantException.class)
                .hasMessageContaining("Unauthorized")
                .hasMessageNotContaining("sandbox-spatiafi-secret");
        assertThat(session.standing().dead()).isEmpty();

        play.work();
        session.renewNow();
    }

    @Test
    @DisplayName("spatiafi 46: neither a wrong password nor a wrong secret is in what is said")
    void what_was_wrong_is_not_shown() {
        SpatiaFiUser wrong = new SpatiaFiUser("demo", Secret.of("a wrong pass-phrase"));
        assertThatThrownBy(() -> SpatiaFiLogin.basic(play.data, wrong, play.http))
                .isInstanceOfSatisfying(ProviderRefused.class, e -> {
                    assertThat(e.code()).isEqualTo("wrong_password");
                    assertThat(e.toString()).doesNotContain("pass-phrase");
                });
        AppCredentials liar =
                new AppCredentials(null, SpatiaFiProvider.SANDBOX_CLIENT.id(), Secret.of("a wrong client secret"));
        assertThatThrownBy(() -> play.login(liar)).isInstanceOfSatisfying(ProviderRefused.class, e -> {
            assertThat(e.code()).isEqualTo("invalid_client");
            assertThat(e.toString()).contains("another secret").doesNotContain("wrong client");
        });
    }

    private URI at(String path) {
        return Objects.requireNonNull(play.data.apis().get("spatiafi")).resolve(path);
    }

    /** The statuses of so many calls at once, spread over the sessions. */
    private List<Integer> together(int count, Session... sessions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch gate = new CountDownLatch(1);
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                SpatiaFiApi api = api(sessions[i % sessions.length]);
                all.add(threads.submit(() -> {
                    gate.await();
                    return api.get(INFO).status();
                }));
            }
            gate.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : all) {
                statuses.add(each.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }
}
