package io.github.evergrant.providers.globus;

import static io.github.evergrant.providers.globus.PlayedGlobus.GROUPS;
import static io.github.evergrant.providers.globus.PlayedGlobus.MY_GROUPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.AuthorizedClient;
import io.github.evergrant.authorizer.AuthorizedSender;
import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.authorizer.Authorizers;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What authorizers send, when they renew, and the second chance after a 401; what they save is another test's. */
final class AuthorizerTest {

    private static final EvergrantSettings SETTINGS =
            EvergrantSettings.defaults().withPatience(Duration.ofSeconds(5)).withRefreshAhead(false);

    private final PlayedGlobus play = new PlayedGlobus();
    private final TokenData first = play.login("demo").response().first();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        play.close();
    }

    /** Tokens in hand that are good for ten minutes. */
    private LooseTokens loose() {
        return play.loose(first, Instant.now().plusSeconds(600));
    }

    private String firstHeader() {
        return "Bearer " + first.accessToken().reveal();
    }

    private TokenStorage storage() {
        return TokenStorages.open("json:" + folder.resolve("loose.json"));
    }

    private HttpRequest.Builder groups() {
        return HttpRequest.newBuilder(play.myGroups());
    }

    private int refreshes() {
        return play.requests("token.refresh");
    }

    @ParameterizedTest
    @CsvSource({"60, 0", "59, 1"})
    @DisplayName("47: a token in hand is used with 60 seconds left, and renewed with 59")
    void a_token_in_hand_is_spent_a_minute_before_its_end(long seconds, int requests) {
        Instant now = Instant.now();
        EvergrantSettings still = SETTINGS.withClock(() -> now);
        try (RenewingAuthorizer authorizer =
                RenewingAuthorizer.open(play.loose(first, now.plusSeconds(seconds)), null, still)) {
            assertThat(String.valueOf(authorizer.header()).equals(firstHeader()))
                    .isEqualTo(requests == 0);
        }
        assertThat(refreshes()).isEqualTo(requests);
    }

    @Test
    @DisplayName("48, 85: without a first token one is fetched at the first use (Python: in the constructor)")
    void without_a_first_token_one_is_fetched_at_the_first_use() {
        LooseTokens tokens = LooseTokens.ofClientCredentials(
                play.data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, GROUPS, Scopes.of(MY_GROUPS));
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(tokens, null, SETTINGS)) {
            assertThat(play.requests("token.client_credentials")).isZero();
            assertThat(authorizer.header()).startsWith("Bearer sandbox-at-");
            assertThat(authorizer.header()).isEqualTo(authorizer.header());
            assertThat(play.requests("token.client_credentials")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("48: the end of a token without the token is refused; a token without an end has none")
    void an_end_without_a_token_is_refused() {
        LooseTokens bare = LooseTokens.ofRefreshToken(
                play.data,
                GlobusProvider.SANDBOX_PUBLIC_CLIENT,
                GROUPS,
                first.refresh().orElseThrow());
        assertThatThrownBy(() -> new LooseTokens(
                        bare.provider(), bare.client(), GROUPS, bare.refreshToken(), Scopes.NONE, null, Instant.now()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("expiry_without_token"));
        try (RenewingAuthorizer authorizer =
                RenewingAuthorizer.open(bare.with(first.accessToken(), null), null, SETTINGS)) {
            assertThat(authorizer.header()).isEqualTo(firstHeader());
        }
        assertThat(refreshes()).isZero();
    }

    @Test
    @DisplayName("49: after a 401 there is one refresh and one more try, which succeeds")
    void a_401_is_cured_by_one_refresh() throws Exception {
        play.expire();
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(loose(), null, SETTINGS)) {
            HttpResponse<String> reply = send(authorizer, groups());
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).contains("Demo Group");
        }
        assertThat(refreshes()).isEqualTo(1);
        assertThat(play.requests("groups.my_groups")).isEqualTo(2);
    }

    @Test
    @DisplayName("50: a 401 after the refresh is the answer")
    void a_401_after_the_refresh_is_the_answer() throws Exception {
        play.answer("groups.my_groups", 99, 401);
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(loose(), null, SETTINGS)) {
            assertThat(send(authorizer, groups()).statusCode()).isEqualTo(401);
            assertThat(play.requests("groups.my_groups")).isEqualTo(2);
            // It was renewed for a refusal less than a minute ago: it is not the token's age that the API dislikes.
            assertThat(send(authorizer, groups()).statusCode()).isEqualTo(401);
        }
        assertThat(refreshes()).isEqualTo(1);
        assertThat(play.requests("groups.my_groups")).isEqualTo(3);
    }

    @Test
    @DisplayName("51, W10: a 503 before it does not use up the cure of a 401")
    void a_503_before_a_401_does_not_use_up_its_cure() throws Exception {
        play.expire();
        play.answer("groups.my_groups", 1, 503);
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(loose(), null, SETTINGS)) {
            assertThat(send(authorizer, groups()).statusCode()).isEqualTo(503);
            assertThat(refreshes()).isZero();
            assertThat(send(authorizer, groups()).statusCode()).isEqualTo(200);
        }
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void nothing_that_changes_something_is_repeated_unasked() throws Exception {
        try (Evergrant door = Evergrant.open(storage(), SETTINGS)) {
            Session session = door.keep("tour", play.login("demo"), false);
            play.expire();
            Authorizer authorizer = session.authorizer();
            assertThat(send(authorizer, groups().POST(HttpRequest.BodyPublishers.ofString("x")))
                            .statusCode())
                    .isNotEqualTo(200);
            assertThat(refreshes()).isZero();
            HttpCall call = HttpCall.get(play.myGroups());
            assertThat(new AuthorizedSender(door.http(), authorizer, Duration.ofSeconds(5), false)
                            .apply(call)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    @DisplayName("57: an authorizer without a header takes the caller's away")
    void an_authorizer_without_a_header_takes_the_callers_away() throws Exception {
        HttpRequest.Builder with =
                groups().header("Authorization", "Bearer canary").header("X-Mine", "kept");
        assertThat(send(Authorizers.none(), with).statusCode()).isEqualTo(401);
        assertThat(play.transcript()).contains("X-mine").doesNotContain("canary", "\"Authorization\"");
        assertThat(play.requests("groups.my_groups")).isEqualTo(1);
    }

    @Test
    @DisplayName("58, W6: 100 threads on one expired authorizer ask once")
    void many_threads_on_one_expired_authorizer_ask_once() throws Exception {
        int many = 100;
        CyclicBarrier start = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try (RenewingAuthorizer authorizer =
                RenewingAuthorizer.open(play.loose(first, Instant.now()), null, SETTINGS)) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return String.valueOf(authorizer.header());
                }));
            }
            String renewed = all.get(0).get();
            assertThat(renewed).isNotEqualTo(firstHeader());
            for (Future<String> each : all) {
                assertThat(each.get()).isEqualTo(renewed);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    @DisplayName("83, W9: an authorizer that is kept past the end of its only token sends it no more")
    void the_end_of_an_only_token_is_noticed_before_it_is_used() {
        Duration[] later = {Duration.ZERO};
        EvergrantSettings settings = SETTINGS.withClock(() -> Instant.now().plus(later[0]));
        try (Evergrant door = Evergrant.open(storage(), settings)) {
            String reply = play.grant("\"refresh\":false,\"scopes\":[\"" + MY_GROUPS + "\"]");
            Authorizer authorizer = door.keep("tour", play.read(reply), false).authorizer();
            assertThat(authorizer.header()).startsWith("Bearer ");
            later[0] = Duration.ofMinutes(15);
            assertThatThrownBy(authorizer::header)
                    .isInstanceOfSatisfying(
                            LoginRequired.class, e -> assertThat(e.code()).isEqualTo("no_refresh_token"));
        }
        assertThat(refreshes()).isZero();
    }

    private static HttpResponse<String> send(Authorizer authorizer, HttpRequest.Builder request) throws Exception {
        return AuthorizedClient.of(HttpClient.newHttpClient(), authorizer)
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
