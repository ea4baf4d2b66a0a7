package io.github.evergrant.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewals of sessions that are kept in a database, by doors that share nothing else. */
final class SqliteRenewalTest {

    private static final String API = "api.example.org";
    private static final Pattern REFRESH_TOKEN = Pattern.compile("refresh_token=([^&]+)");

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

    /** A token endpoint that takes each refresh token once; a closed gate holds its answers back. */
    private final class Endpoint implements HttpSender {

        final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        final Semaphore arrived = new Semaphore(0);
        final Semaphore gate = new Semaphore(0);
        volatile boolean gated;

        @Override
        public HttpReply send(HttpCall call, Duration deadline, long maxBytes) {
            Matcher sent = REFRESH_TOKEN.matcher(new String(call.body(), StandardCharsets.UTF_8));
            String refreshToken = sent.find() ? sent.group(1) : "none";
            boolean again = asked.contains(refreshToken);
            asked.add(refreshToken);
            arrived.release();
            if (gated) {
                gate.acquireUninterruptibly();
            }
            int number = asked.size();
            String body = again
                    ? "{\"error\": \"invalid_grant\"}"
                    : "{\"access_token\": \"access-%d\", \"refresh_token\": \"refresh-%d\", \"token_type\": \"Bearer\","
                                    .formatted(number, number)
                            + " \"expires_in\": 900}";
            return new HttpReply(
                    again ? 400 : 200,
                    Map.of("Content-Type", List.of("application/json")),
                    body.getBytes(StandardCharsets.UTF_8),
                    now());
        }
    }

    @TempDir
    private Path folder;

    private final Endpoint endpoint = new Endpoint();
    private final List<Evergrant> doors = new ArrayList<>();
    private volatile Duration shift = Duration.ZERO;

    private Instant now() {
        return Instant.now().plus(shift);
    }

    private Evergrant door() {
        Evergrant door = Evergrant.open(
                SqliteTokenStorage.open(folder.resolve("sessions.db")),
                endpoint,
                EvergrantSettings.defaults().withClock(this::now).withRefreshAhead(false));
        doors.add(door);
        return door;
    }

    @AfterEach
    void closeDoors() {
        doors.forEach(Evergrant::close);
    }

    private LoginResult login(String name) {
        Instant now = now();
        TokenData data = TokenData.bearer(API, Secret.of("access-" + name), Expiry.at(now.plusSeconds(900)))
                .withRefreshToken(Secret.of("refresh-" + name));
        return new LoginResult(
                PROVIDER,
                Client.open("client"),
                new Account("ada", "ada-id"),
                TokenResponse.of(now, data),
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.of("all"));
    }

    private void spend() {
        shift = shift.plusSeconds(901);
    }

    private static String accessToken(Evergrant door) {
        return door.session("tour").token().value().reveal();
    }

    private Optional<String> stored() {
        try (SqliteTokenStorage storage = SqliteTokenStorage.open(folder.resolve("sessions.db"))) {
            return storage.read("tour", API).map(data -> data.accessToken().reveal());
        }
    }

    @Test
    void a_spent_token_is_renewed_once_and_its_successor_stored() {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        assertThat(accessToken(door)).isEqualTo("access-first");
        spend();
        assertThat(accessToken(door)).isEqualTo("access-1");
        assertThat(accessToken(door())).isEqualTo("access-1");
        assertThat(stored()).contains("access-1");
        assertThat(endpoint.asked).containsExactly("refresh-first");
        spend();
        assertThat(accessToken(door())).isEqualTo("access-2");
        assertThat(endpoint.asked).containsExactly("refresh-first", "refresh-1");
    }

    @Test
    @DisplayName("20 doors on one spent token: one request, one token")
    void many_doors_on_a_spent_token_ask_once() throws Exception {
        door().keep("tour", login("first"), false);
        spend();
        int many = 20;
        CyclicBarrier start = new CyclicBarrier(many);
        ExecutorService pool = Executors.newFixedThreadPool(many);
        try {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Evergrant door = door();
                all.add(pool.submit(() -> {
                    start.await();
                    return accessToken(door);
                }));
            }
            for (Future<String> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo("access-1");
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(endpoint.asked).containsExactly("refresh-first");
        assertThat(stored()).contains("access-1");
    }

    @Test
    @DisplayName("LoginDuringRenewalIsKept")
    void a_login_during_a_renewal_is_kept() throws Exception {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        spend();
        endpoint.gated = true;
        CompletableFuture<String> renewal = CompletableFuture.supplyAsync(() -> accessToken(door));
        assertThat(endpoint.arrived.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        door().keep("tour", login("second"), false);
        endpoint.gated = false;
        endpoint.gate.release();
        assertThat(renewal.get(60, TimeUnit.SECONDS)).isEqualTo("access-second");
        assertThat(stored()).contains("access-second");
        assertThat(endpoint.asked).containsExactly("refresh-first");
    }

    @Test
    void a_logout_leaves_nothing_in_the_database() {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        door.session("tour").logout(true);
        assertThat(stored()).isEmpty();
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    @DisplayName("RemovalByPythonIsNotUndone")
    void a_row_that_another_program_deleted_is_not_brought_back() {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        Session open = door.session("tour");
        SqliteFiles.execute(folder.resolve("sessions.db"), "delete from token_storage");
        spend();
        assertThatThrownBy(open::token).isInstanceOf(LoginRequired.class);
        assertThat(stored()).isEmpty();
        assertThat(endpoint.asked).isEmpty();
        door.keep("tour", login("second"), false);
        assertThat(accessToken(door())).isEqualTo("access-second");
    }

    @Test
    void a_database_that_was_deleted_as_a_whole_comes_back() throws Exception {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        Files.delete(folder.resolve("sessions.db"));
        spend();
        assertThat(accessToken(door)).isEqualTo("access-1");
        assertThat(stored()).contains("access-1");
    }

    @Test
    void a_row_that_cannot_be_read_was_not_removed() {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        SqliteFiles.execute(folder.resolve("sessions.db"), "update token_storage set token_data_json = '{}'");
        assertThat(accessToken(door)).isEqualTo("access-first");
        assertThat(door.session("tour").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("token_malformed"));
    }

    @Test
    void a_session_is_renamed_in_the_database() {
        Evergrant door = door();
        door.keep("tour", login("first"), false);
        door.rename("tour", "journey");
        assertThat(door().sessions()).containsExactly("journey");
        spend();
        assertThat(door().session("journey").token().value().reveal()).isEqualTo("access-1");
    }
}
