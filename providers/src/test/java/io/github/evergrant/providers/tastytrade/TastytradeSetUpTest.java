package io.github.evergrant.providers.tastytrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.login.BrowserLogin;
import io.github.evergrant.login.Keeper;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.LoginWay;
import io.github.evergrant.login.PasteLogin;
import io.github.evergrant.login.loopback.LoopbackAddress;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.SetUp;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document's {@code login()}: a page that asks for an application, tastytrade's, and what is sent. */
final class TastytradeSetUpTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String PASTED = "http://localhost:8000/?code=";

    private final Recorder net = new Recorder();
    private final Person person = new Person();

    /** Of the captures, and asked for by the same client. */
    private PasteLogin start(ProviderData data, String id, String secret) {
        Client application = net.tastytrade.client(id, Secret.of(secret));
        LoginRequest request = LoginRequest.ofPerson(net.tastytrade, data, application, Scopes.NONE);
        return PasteLogin.start(request, net.wire());
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> all = new LinkedHashMap<>();
        Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> all.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return all;
    }

    /** As the library's own, which encodes nothing. */
    private static Map<String, String> sentToBrowser(String scenario) {
        String location = Captured.text("v10.3.0/" + scenario + "/" + scenario + "-browser-02.library-response.http")
                .lines()
                .filter(line -> line.startsWith("Location: "))
                .findFirst()
                .orElseThrow()
                .strip();
        return parameters(location.substring(location.indexOf('?') + 1));
    }

    private static String page(URI address) {
        return address.toString().substring(0, address.toString().indexOf('?'));
    }

    @ParameterizedTest
    @CsvSource({
        "production,https://my.tastytrade.com/auth.html,oauth-login-happy",
        "certification,https://cert-my.staging-tasty.works/auth.html,oauth-login-cert"
    })
    @DisplayName(
            "tastytrade 78, tastytrade 79, tastytrade 80: the page asks for what the library asks for, and the code is exchanged as it does")
    void the_page_and_the_exchange_are_the_librarys(String environment, String page, String scenario) {
        PasteLogin login = start(net.tastytrade.describe(environment, null), "CLIENT-ID", "CLIENT-SECRET");
        Map<String, String> asked =
                parameters(login.authorizationUrl().getRawQuery().replace("+", "%20"));

        assertThat(page(login.authorizationUrl())).isEqualTo(page);
        assertThat(asked)
                .containsAllEntriesOf(sentToBrowser(scenario))
                .containsOnlyKeys("response_type", "redirect_uri", "client_id", "scope", "state", "nonce");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(sentToBrowser(scenario)).containsEntry("redirect_uri", "http://localhost:8000");

        net.captured(scenario + "-token-01").reply(404, "");
        LoginResult result = login.finish(PASTED + "AUTH-CODE-1&state=" + asked.get("state"));

        Captured captured = Captured.request(scenario + "-token-01");
        HttpCall sent = net.sent.get(0);
        assertThat(sent.method() + " " + sent.uri())
                .isEqualTo("POST https://" + captured.headers().get("Host") + "/oauth/token");
        assertThat(sent.headers())
                .containsEntry("Content-Type", "application/x-www-form-urlencoded")
                .doesNotContainKey("Authorization");
        assertThat(parameters(new String(sent.body(), StandardCharsets.UTF_8)))
                .isEqualTo(parameters(captured.body().strip()));
        assertThat(result.response().first().refreshToken()).isEqualTo(Secret.of("REFRESH-FROM-CODE"));
        assertThat(result.provider().environment()).isEqualTo(environment);
        // What else is asked: whether the id token can be believed, of which nothing is known. No secret goes with it.
        assertThat(net.sent.subList(1, net.sent.size()))
                .allSatisfy(call -> assertThat(call.method() + call.headers())
                        .startsWith("GET")
                        .doesNotContain("Authorization"));
    }

    @Test
    @DisplayName("tastytrade 89: a client id of odd characters arrives as it is")
    void a_client_id_of_odd_characters_arrives() {
        PasteLogin login = start(net.oauth, "a&b=c d", "s+1");
        Map<String, String> asked = parameters(login.authorizationUrl().getRawQuery());
        assertThat(asked).containsEntry("client_id", "a&b=c d");

        net.captured("oauth-login-special-chars-token-01").reply(404, "");
        login.finish(PASTED + "X&state=" + asked.get("state"));

        assertThat(parameters(new String(net.sent.get(0).body(), StandardCharsets.UTF_8)))
                .isEqualTo(parameters(Captured.request("oauth-login-special-chars-token-01")
                        .body()
                        .strip()));
    }

    @Test
    @DisplayName("tastytrade 90: what the token endpoint says of a code is said")
    void what_the_token_endpoint_says_of_a_code_is_said() {
        PasteLogin login = start(net.oauth, "CLIENT-ID", "CLIENT-SECRET");
        String state = parameters(login.authorizationUrl().getRawQuery()).get("state");
        net.captured("oauth-login-token-error-token-01");

        assertThatThrownBy(() -> login.finish(PASTED + "BAD&state=" + state))
                .isInstanceOfSatisfying(ProviderRefused.class, e -> {
                    assertThat(e.code()).isEqualTo("invalid_grant");
                    assertThat(e.providerCode()).contains("invalid_grant");
                })
                .hasMessageContaining("Invalid authorization code");
        net.only();
    }

    @Test
    @DisplayName("tastytrade 91: a refresh token of odd characters is kept as it is")
    void a_refresh_token_of_odd_characters_is_kept() {
        PasteLogin login = start(net.oauth, "CLIENT-ID", "CLIENT-SECRET");
        String state = parameters(login.authorizationUrl().getRawQuery()).get("state");
        net.captured("oauth-login-html-in-token-token-01");

        assertThat(login.finish(PASTED + "X&state=" + state).response().first().refreshToken())
                .isEqualTo(Secret.of("<script>alert(1)</script>"));
    }

    @Test
    void the_steps_name_the_vendors_pages_and_a_sandboxs_application() {
        List<String> production = links(net.oauth);
        assertThat(production)
                .containsExactly(
                        "https://my.tastytrade.com/app.html#/manage/api-access/oauth-applications",
                        "https://developer.tastytrade.com/sandbox/");
        assertThat(links(net.tastytrade.describe("certification", null)))
                .containsExactly("https://developer.tastytrade.com/sandbox/");
        assertThat(net.tastytrade.setUp(net.password)).isEmpty();
        SetUp sandboxed = net.tastytrade
                .setUp(net.tastytrade.describe("certification", URI.create("http://127.0.0.1:9")))
                .orElseThrow();
        assertThat(sandboxed.steps().get(0).before()).contains("sandbox-tastytrade-certification");
        assertThat(sandboxed.redirect()).hasToString("http://localhost:8000");
    }

    private List<String> links(ProviderData data) {
        return net.tastytrade.setUp(data).orElseThrow().steps().stream()
                .map(SetUp.Step::link)
                .filter(link -> link != null)
                .map(link -> link.address().toString())
                .toList();
    }

    @Test
    @DisplayName("tastytrade 78, tastytrade 82: a program logs in by the page, and its session renews")
    void a_program_logs_in_by_the_page_and_its_session_renews() throws Exception {
        try (TastytradePlay play = new TastytradePlay();
                Evergrant door = Evergrant.open(MemoryTokenStorage.create(), EvergrantSettings.defaults())) {
            CompletableFuture<String> page = new CompletableFuture<>();
            LoginWay way = way(address -> page.completeAsync(
                    () -> person.comeBack(person.decide(
                            person.name(address, "sandbox-tastytrade", "sandbox-tastytrade-secret"), "allow")),
                    task -> new Thread(task, "browser").start()));
            Keeper keeper = login -> {
                door.keep("tt", login, false);
                return login.sentence() + " Session tt is saved.";
            };

            LoginResult result =
                    TastytradeLogin.login(play.oauth("production"), way, play.wire(), keeper.revealingRefreshToken());

            String token = String.valueOf(
                    result.response().first().refreshToken() == null
                            ? null
                            : result.response().first().refreshToken().reveal());
            assertThat(page.get(1, TimeUnit.MINUTES))
                    .contains(
                            "Signed in to tastytrade as demo@example.org. Session tt is saved.",
                            "<pre>" + token + "</pre>");
            TastytradeSession session = play.session(door.session("tt"));
            assertThat(Accounts.get(session)).isNotEmpty();
            play.expire();
            session.refresh();
            assertThat(Accounts.get(session)).isNotEmpty();
            assertThat(play.requests("token.authorization_code")).isEqualTo(1);
            assertThat(play.requests("token.refresh")).isEqualTo(1);
        }
    }

    @Test
    void a_program_that_knows_the_application_shows_no_page_of_its_own() throws IOException {
        try (TastytradePlay play = new TastytradePlay()) {
            CompletableFuture<String> page = new CompletableFuture<>();
            LoginWay way = way(address -> {
                assertThat(address.getPath()).endsWith("/auth.html");
                page.completeAsync(
                        () -> person.comeBack(person.decide(address, "allow")),
                        task -> new Thread(task, "browser").start());
            });
            LoginResult result = TastytradeLogin.login(
                    play.oauth("production"),
                    TastytradeProvider.SANDBOX_CLIENT,
                    way,
                    play.wire(),
                    LoginResult::sentence);
            assertThat(result.client()).isEqualTo(TastytradeProvider.SANDBOX_CLIENT);
            assertThat(page.join())
                    .contains("Signed in to tastytrade as demo@example.org.")
                    .doesNotContain("<details");
        }
    }

    /** On a port of its own, since the usual one may be somebody else's. */
    private static LoginWay way(Consumer<URI> browser) throws IOException {
        URI registered = URI.create("http://localhost:" + Person.freePort());
        return BrowserLogin.opening(LoopbackAddress.of(null, registered), LONG, browser);
    }
}
