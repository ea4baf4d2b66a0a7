package io.github.evergrant.providers.agave.saved;

import static io.github.evergrant.providers.agave.saved.Saved.CLOCK;
import static io.github.evergrant.providers.agave.saved.Saved.access;
import static io.github.evergrant.providers.agave.saved.Saved.in;
import static io.github.evergrant.providers.agave.saved.Saved.mode;
import static io.github.evergrant.providers.agave.saved.Saved.session;
import static io.github.evergrant.providers.agave.saved.Saved.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import io.github.evergrant.storage.adopted.Adoptions;
import io.github.evergrant.storage.json.Json;
import io.github.evergrant.testing.ForkedJvm;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that Python saved are renewed where they are, and Python goes on with them. */
final class RenewalTest {

    private static final String NAME = "sd2e/ada/c1";
    private static final String OURS = "sd2e/grace/mine";

    @TempDir
    private Path temporary;

    private final AtomicInteger grants = new AtomicInteger(1);
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private HttpServer tenant;
    private String base;
    private Path folder;
    private AgavePython python;

    @BeforeEach
    void start() throws IOException {
        tenant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tenant.setExecutor(Executors.newCachedThreadPool());
        tenant.createContext("/token", this::grant);
        tenant.start();
        base = "http://127.0.0.1:" + tenant.getAddress().getPort();
        folder = temporary.resolve("agave");
        python = new AgavePython();
        python.ask("a.save", folder, "c1", saved().fields());
    }

    @AfterEach
    void stop() {
        python.close();
        tenant.stop(0);
        ((java.util.concurrent.ExecutorService) tenant.getExecutor()).shutdownNow();
    }

    /** Expired years ago. */
    private SavedSession saved() {
        return session("sd2e", base + "/", "ada", "c1", 1, CLOCK);
    }

    private void grant(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int number = grants.incrementAndGet();
        byte[] reply =
                ("{\"scope\": \"default\", \"token_type\": \"bearer\", \"expires_in\": 14400, \"refresh_token\": \"ref-000"
                                + number + "\", \"access_token\": \"acc-000" + number + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    private ProviderData data() {
        URI uri = URI.create(base);
        return new ProviderData(
                "agave",
                "Agave",
                "sd2e",
                null,
                new Endpoints(base, null, uri.resolve("/token"), null, null, null, null),
                "agave",
                Scopes.of("PRODUCTION"),
                Duration.ofSeconds(3600),
                null,
                null,
                base,
                Map.of());
    }

    private Evergrant door() {
        return Evergrant.open(Saved.open(folder), EvergrantSettings.defaults().withRefreshAhead(false));
    }

    @Test
    @DisplayName(
            "47, Q3: an expired session that Python saved for all to read renews, and Python goes on with what was saved")
    void an_expired_session_renews_and_python_goes_on() {
        assertThat(mode(folder.resolve("config.json"))).isEqualTo("rw-r--r--");
        AgaveTokenStorage storage = Saved.open(folder);
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            door.adopt(NAME, storage.saved(NAME).orElseThrow().origin(data()));
            assertThat(door.session(NAME).token().value().reveal()).isEqualTo("acc-0002");
            assertThat(requests)
                    .hasSize(1)
                    .allSatisfy(each -> assertThat(each)
                            .startsWith("Basic a2V5LTAwMDE6c2VjLTAwMDE= ")
                            .contains("grant_type=refresh_token", "refresh_token=ref-0001"));
        }
        for (String each : List.of("config.json", "current")) {
            assertThat(mode(folder.resolve(each))).isEqualTo("rw-------");
            assertThat(text(folder.resolve(each))).doesNotContain("acc-0001").doesNotContain("ref-0001");
        }
        for (Map<String, @Nullable Object> each :
                List.of(python.load("a.load", folder), python.load("a.load", folder, "sd2e", "ada", "c1"))) {
            assertThat(each)
                    .containsEntry("access_token", "acc-0002")
                    .containsEntry("refresh_token", "ref-0002")
                    .containsEntry("expires_in", 14400L)
                    .containsEntry("apikey", "key-0001")
                    .containsEntry("baseurl", base);
        }
        assertThat(in(folder.resolve("current"), "refresh_token")).isEqualTo("ref-0002");
        pythonRefreshes("acc-py", "ref-py");
        try (Evergrant door = door()) {
            assertThat(door.session(NAME).token().value().reveal()).isEqualTo("acc-py");
            door.session(NAME).renewNow();
            assertThat(requests).last().asString().contains("refresh_token=ref-py");
        }
        assertThat(python.load("a.load", folder)).containsEntry("access_token", "acc-0003");
    }

    private void pythonRefreshes(String access, String refresh) {
        Map<String, @Nullable Object> record = python.load("a.load", folder);
        record.put("access_token", access);
        record.put("refresh_token", refresh);
        record.put("created_at", Long.toString(Instant.now().getEpochSecond() + 1));
        python.ask("a.save", folder, "c1", record);
    }

    @Test
    @DisplayName("53: two programs with one expired token send one request, and both have its answer")
    void two_programs_one_request() {
        try (Evergrant door = door()) {
            door.adopt(NAME, saved().origin(data()));
        }
        try (ForkedJvm one = ForkedJvm.start(AgaveProgram.class, folder.toString());
                ForkedJvm other = ForkedJvm.start(AgaveProgram.class, folder.toString())) {
            one.say("token " + NAME);
            other.say("token " + NAME);
            assertThat(one.hear()).isEqualTo("acc-0002");
            assertThat(other.hear()).isEqualTo("acc-0002");
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void it_is_a_session_beside_those_of_our_own_store() {
        AdoptingTokenStorage joined = AdoptingTokenStorage.over(
                TokenStorages.open("json:" + temporary.resolve("sessions.json")),
                Adoptions.in(temporary.resolve("adopted.json"), StorageOptions.DEFAULT),
                StorageOptions.DEFAULT);
        try (Evergrant door = Evergrant.open(joined, EvergrantSettings.defaults());
                AgaveTokenStorage theirs = Saved.open(folder)) {
            Session session = door.adoptFrom(
                    theirs, NAME, "sd2e", theirs.saved(NAME).orElseThrow().origin(data()));
            assertThat(session.token().value().reveal()).isEqualTo("acc-0002");
            assertThat(door.sessions()).containsExactly("sd2e");
            assertThat(access(theirs, NAME)).isEqualTo("acc-0002");
        }
        assertThat(temporary.resolve("sessions.json")).doesNotExist();
    }

    private LoginResult login() {
        Client client = Client.confidential("key-0009", Secret.of("sec-0009"));
        TokenData pair = new TokenData(
                data().defaultResourceServer(),
                Secret.of("acc-login"),
                Secret.of("ref-login"),
                "bearer",
                Scopes.of("default"),
                Expiry.at(Instant.now().plusSeconds(14400)),
                null,
                Map.of());
        return new LoginResult(
                data(),
                client,
                new Account("grace", null),
                TokenResponse.of(Instant.now(), pair),
                LoginResult.Kind.REFRESH_TOKEN,
                Scopes.of("PRODUCTION"));
    }

    @Test
    @DisplayName("Q13: a login of ours brings its client along, for Python to renew it")
    void a_login_brings_its_client() {
        try (Evergrant door = door()) {
            door.keep(OURS, login(), false);
            assertThat(door.sessions()).containsExactlyInAnyOrder(NAME, OURS);
            door.session(OURS).renewNow();
        }
        assertThat(python.load("a.load", folder, "sd2e", "grace", "mine"))
                .containsEntry("apikey", "key-0009")
                .containsEntry("apisecret", "sec-0009")
                .containsEntry("baseurl", base)
                .containsEntry("access_token", "acc-0002")
                .containsEntry("tenantid", "sd2e");
    }

    /** As Python has it after deleting the client and creating it again under the same name. */
    private SavedSession createdAnew() {
        return new SavedSession("sd2e", base, "grace", "mine", "key-0002", Secret.of("sec-0002"), null);
    }

    private static SavedTokens expired() {
        return SavedTokens.granted(
                Secret.of("acc-py"), Secret.of("ref-py"), Instant.now().minusSeconds(20000), 14400L);
    }

    @Test
    void a_login_of_python_by_another_client_is_renewed_by_that_one() {
        try (Evergrant door = door()) {
            door.keep(OURS, login(), false);
            door.session(OURS).renewNow();
        }
        python.ask("a.save", folder, "mine", createdAnew().fields());
        python.ask(
                "a.save",
                folder,
                "mine",
                createdAnew()
                        .withTokens(SavedTokens.granted(
                                Secret.of("acc-py"),
                                Secret.of("ref-py"),
                                Instant.now().plusSeconds(1),
                                0L))
                        .fields());
        try (Evergrant door = door()) {
            assertThat(door.session(OURS).facts().orElseThrow().client().id()).isEqualTo("key-0002");
            door.session(OURS).renewNow();
            assertThat(requests)
                    .last()
                    .asString()
                    .startsWith("Basic a2V5LTAwMDI6c2VjLTAwMDI= ")
                    .contains("refresh_token=ref-py");
        }
        assertThat(python.load("a.load", folder, "sd2e", "grace", "mine"))
                .containsEntry("apikey", "key-0002")
                .containsEntry("apisecret", "sec-0002")
                .containsEntry("access_token", "acc-0003");
    }

    @Test
    void a_client_that_python_created_anew_is_not_overwritten_by_ours() {
        try (Evergrant door = door()) {
            door.keep(OURS, login(), false);
            door.session(OURS).renewNow();
        }
        python.ask("a.save", folder, "mine", createdAnew().fields());

        try (Evergrant door = door()) {
            assertThatThrownBy(() -> door.session(OURS).renewNow()).isInstanceOf(LoginRequired.class);
        }
        SavedSession left = Saved.open(folder).saved(OURS).orElseThrow();
        assertThat(left.clientKey()).isEqualTo("key-0002");
        assertThat(left.clientSecret()).isEqualTo(Secret.of("sec-0002"));
    }

    @Test
    void a_session_that_is_forgotten_is_over_for_renewals_too() {
        AgaveTokenStorage storage = Saved.open(folder);
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            door.keep(OURS, login(), false);
            Session open = door.session(OURS);

            assertThat(storage.forget(OURS)).isTrue();

            assertThatThrownBy(() -> door.session(OURS)).isInstanceOf(LoginRequired.class);
            assertThatThrownBy(open::renewNow).isInstanceOf(LoginRequired.class);
            assertThat(storage.saved(OURS)).isEmpty();
            assertThat(requests).isEmpty();
            assertThat(Json.text(storage.journal(OURS).read()))
                    .doesNotContain("acc-login")
                    .doesNotContain("ref-login")
                    .doesNotContain("sec-0009");
        }
    }

    @Test
    void another_client_in_the_place_of_a_session_ends_that() {
        AgaveTokenStorage storage = Saved.open(folder);
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            door.keep(OURS, login(), false);

            storage.add(createdAnew());

            assertThatThrownBy(() -> door.session(OURS)).isInstanceOf(LoginRequired.class);
            assertThat(Json.text(storage.journal(OURS).read())).doesNotContain("sec-0009");
            assertThat(storage.saved(OURS).orElseThrow().clientKey()).isEqualTo("key-0002");

            storage.add(createdAnew().withTokens(expired()));
            assertThat(door.session(OURS).token().value().reveal()).isEqualTo("acc-0002");
            assertThat(requests).last().asString().startsWith("Basic a2V5LTAwMDI6c2VjLTAwMDI= ");
        }
    }

    @Test
    void its_name_is_not_to_be_changed() {
        try (Evergrant door = door()) {
            assertThatThrownBy(() -> door.rename(NAME, "sd2e/ada/other"))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("name_is_fixed"));
            assertThat(door.sessions()).containsExactly(NAME);
        }
    }

    @Test
    void a_session_is_renewed_and_kept_by_one_of_its_names_alone() throws Exception {
        String nameless = "sd2e/ada/key-0001";
        Path config = folder.resolve("config.json");
        // As line C files it.
        Map<String, @Nullable Object> root = Json.readObject(Saved.bytes(config));
        root.put("sessions", Map.of("sd2e", Map.of("ada", Map.of("key-0001", saved().fields()))));
        Saved.write(config, Json.write(root));
        AgaveTokenStorage storage = Saved.open(folder);
        try (Evergrant door = Evergrant.open(storage, EvergrantSettings.defaults())) {
            assertThat(storage.read(nameless)).hasSize(1);

            assertThatThrownBy(() -> door.session(nameless).token())
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining(NAME);
            assertThatThrownBy(() -> storage.requireNamespace(nameless))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("name_is_alias"));
            assertThat(requests).isEmpty();
            assertThat(door.session(NAME).token().value().reveal()).isEqualTo("acc-0002");
        }
    }

    @Test
    void without_a_client_nothing_can_be_renewed() {
        SavedSession bare = new SavedSession("sd2e", base, "ada", "c1", "", null, null);
        assertThatThrownBy(() -> bare.origin(data()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("client_unknown"));
    }
}
