package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.authorizer.AuthorizedClient;
import io.github.evergrant.authorizer.AuthorizedSender;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.ClientCredentialsLogin;
import io.github.evergrant.login.Introspection;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.login.Wire;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door as a program uses it, against the sandbox. */
final class SessionTest {

    private static final String GROUPS = "groups.api.globus.org";
    private static final String SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";
    private static final EvergrantSettings SETTINGS =
            EvergrantSettings.defaults().withPatience(Duration.ofSeconds(5));

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final GlobusProvider globus = new GlobusProvider(Map.of());
    private final ProviderData data = globus.describe(null, sandbox.base());

    @TempDir
    private Path folder;

    private Evergrant door;

    @BeforeEach
    void open() {
        door = Evergrant.open("json:" + folder.resolve("sessions.json"), SETTINGS);
    }

    @AfterEach
    void close() {
        door.close();
        sandbox.close();
    }

    @Test
    void a_session_says_when_its_token_ends() {
        Session session = door.keep("tour", login("demo"), false);
        assertThat(session.expiresAt()).isPresent();
        assertThat(session.remaining().orElseThrow()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        assertThat(session.resourceServer()).isEqualTo(GROUPS);
        assertThat(session.renew()).isFalse();
        String before = session.token().value().reveal();
        session.renewNow();
        assertThat(door.session("tour").token().value().reveal()).isNotEqualTo(before);
    }

    @Test
    void a_listener_hears_the_whole_response_after_it_is_stored_and_may_throw() {
        Session session = door.keep("tour", login("demo"), false);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        session.onRefresh(response -> {
            heard.add(response.first().accessToken().reveal());
            throw new IllegalStateException("a listener's own trouble");
        });
        session.onRefresh(response -> heard.add(
                door.storage().read("tour", GROUPS).orElseThrow().accessToken().reveal()));
        session.renewNow();
        Awaitility.await().until(() -> heard.size() == 2);
        assertThat(heard).containsOnly(door.session("tour").token().value().reveal());
    }

    @Test
    void openSessionRefusesOtherAccount() {
        door.keep("tour", as("ada", login("demo")), false);
        Session open = door.session("tour");
        LoginResult bob = as("bob", login("other"));
        assertThatThrownBy(() -> door.keep("tour", bob, false))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.code()).isEqualTo("other_account"));
        assertThat(open.token()).isNotNull();
        door.keep("tour", bob, true);
        assertThatThrownBy(open::renewNow)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("other_account"));
        assertThat(door.session("tour").identity()).contains("bob");
    }

    @Test
    void a_session_of_several_resource_servers_wants_one_named() {
        String reply = control("grant", "{\"dialect\":\"globus\"}");
        Session session = door.keep("tour", read(reply), false);
        assertThatThrownBy(session::token)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("resource_server_needed"));
        assertThat(session.token(GROUPS).resourceServer()).isEqualTo(GROUPS);
    }

    @Test
    void clients_cure_a_401_once_and_repeat_nothing_that_changes_something_unasked() throws Exception {
        Session session = door.keep("tour", login("demo"), false);
        HttpClient http = HttpClient.newHttpClient();
        URI groups = groups();
        control("expire", "{\"dialect\":\"globus\"}");
        AuthorizedClient client = AuthorizedClient.of(http, session.authorizer());
        HttpRequest post = HttpRequest.newBuilder(groups)
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isNotEqualTo(200);
        String before = session.token().value().reveal();
        HttpResponse<String> reply =
                client.send(HttpRequest.newBuilder(groups).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.body()).contains("Demo Group");
        assertThat(session.token().value().reveal()).isNotEqualTo(before);

        control("expire", "{\"dialect\":\"globus\"}");
        AuthorizedSender sender = new AuthorizedSender(door.http(), session.authorizer(), Duration.ofSeconds(5), false);
        // It was renewed for a refusal less than a minute ago: it is not the token's age that the API dislikes.
        assertThat(sender.apply(HttpCall.get(groups)).status()).isEqualTo(401);
    }

    @Test
    void logout_leaves_nothing_alive() {
        Session session = door.keep("tour", login("demo"), false);
        Secret access = session.token().value();
        assertThat(session.logout(false)).isEmpty();
        assertThat(active(access)).isFalse();
        assertThatThrownBy(() -> door.session("tour")).isInstanceOf(LoginRequired.class);
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    void a_logout_that_cannot_revoke_says_so_and_forgets_all_the_same() {
        Session session = door.keep("tour", login("demo"), false);
        control(
                "faults",
                "[{\"dialect\":\"globus\",\"kind\":\"revoke\",\"times\":99,\"do\":\"status\",\"status\":500}]");
        assertThat(session.logout(false))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("500"));
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    void a_session_with_a_damaged_journal_can_be_ended() throws Exception {
        door.keep("tour", login("demo"), false);
        try (Stream<Path> journals = Files.list(folder.resolve("sessions.json.d"))) {
            Files.writeString(
                    journals.filter(file -> file.toString().endsWith(".journal"))
                            .findFirst()
                            .orElseThrow(),
                    "junk");
        }
        assertThatThrownBy(() -> door.session("tour"))
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("journal_corrupt"));
        assertThat(door.logout("tour", false)).hasSize(1).first().asString().contains("which client");
        assertThat(door.sessions()).isEmpty();
    }

    @Test
    void an_authorizer_from_loose_values_renews_and_tells() {
        TokenData loose = login("demo").response().first();
        List<TokenResponse> heard = Collections.synchronizedList(new ArrayList<>());
        LooseTokens tokens = LooseTokens.ofRefreshToken(
                        data,
                        GlobusProvider.SANDBOX_PUBLIC_CLIENT,
                        GROUPS,
                        loose.refresh().orElseThrow())
                .with(loose.accessToken(), Instant.now().plusSeconds(600));
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(tokens, heard::add, SETTINGS)) {
            assertThat(authorizer.header())
                    .isEqualTo("Bearer " + loose.accessToken().reveal());
            assertThat(authorizer.renewAfterRefusal(String.valueOf(authorizer.header())))
                    .isTrue();
            Awaitility.await().until(() -> heard.size() == 1);
            assertThat(authorizer.header())
                    .isEqualTo("Bearer " + heard.get(0).first().accessToken().reveal());
        }
    }

    @Test
    void client_credentials_without_a_first_token_fetch_one_at_the_first_use() {
        LooseTokens tokens = LooseTokens.ofClientCredentials(
                data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, GROUPS, Scopes.of(SCOPE));
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(tokens, null, SETTINGS)) {
            assertThat(requests("token.client_credentials")).isZero();
            assertThat(authorizer.header()).startsWith("Bearer sandbox-at-");
            assertThat(authorizer.header()).isEqualTo(authorizer.header());
            assertThat(requests("token.client_credentials")).isEqualTo(1);
        }
    }

    @Test
    void a_storage_given_to_loose_values_is_the_save_and_wins_over_them() {
        TokenData first = login("demo").response().first();
        LooseTokens tokens = LooseTokens.ofRefreshToken(
                        data,
                        GlobusProvider.SANDBOX_PUBLIC_CLIENT,
                        GROUPS,
                        first.refresh().orElseThrow())
                .with(first.accessToken(), Instant.now().plusSeconds(600));
        String renewed;
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(tokens, storage(), "DEFAULT", null, SETTINGS)) {
            authorizer.renewAfterRefusal("Bearer " + first.accessToken().reveal());
            renewed = String.valueOf(authorizer.header());
        }
        // Another program starts from the old loose values: what was saved is newer.
        try (RenewingAuthorizer again = RenewingAuthorizer.open(tokens, storage(), "DEFAULT", null, SETTINGS)) {
            assertThat(again.header()).isEqualTo(renewed);
        }
        assertThat(requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void a_machine_session_renews_by_its_credentials() {
        LoginRequest request =
                LoginRequest.of(globus, data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, Scopes.of(SCOPE));
        LoginResult login = ClientCredentialsLogin.run(request, new Wire(door.http(), InstantSource.system()));
        Session session = door.keep("machine", login, false);
        String before = session.token().value().reveal();
        session.renewNow();
        assertThat(session.token().value().reveal()).isNotEqualTo(before);
        assertThat(door.session("machine").token()).isEqualTo(session.token());
        assertThat(requests("token.client_credentials")).isEqualTo(2);
    }

    @Test
    void tokens_that_another_program_wrote_are_used_and_cannot_be_renewed_for_want_of_a_client() {
        TokenData data = login("demo").response().first();
        door.storage().replace("python", Map.of(), Map.of(GROUPS, data));
        Session session = door.session("python");
        assertThat(session.token().value()).isEqualTo(data.accessToken());
        assertThatThrownBy(session::renewNow)
                .isInstanceOfSatisfying(
                        EvergrantException.class, e -> assertThat(e.code()).isEqualTo("unknown_client"));
    }

    @Test
    void tokens_that_another_program_wrote_are_renewed_and_revoked_once_their_client_is_named() {
        TokenData tokens = login("demo").response().first();
        door.storage().replace("python", Map.of(), Map.of(GROUPS, tokens));
        Client client = GlobusProvider.SANDBOX_PUBLIC_CLIENT;

        Session session = door.adopt("python", data, client, LoginResult.Kind.REFRESH_TOKEN);

        assertThat(session.token().value()).isEqualTo(tokens.accessToken());
        session.renewNow();
        assertThat(session.token().value()).isNotEqualTo(tokens.accessToken());
        assertThatThrownBy(() -> door.adopt("python", data, Client.open("another"), LoginResult.Kind.REFRESH_TOKEN))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("other_client"));
        assertThat(door.adopt("python", data, client, LoginResult.Kind.REFRESH_TOKEN)
                        .token())
                .isEqualTo(session.token());
        Secret last = session.token().value();
        assertThat(session.logout(false)).isEmpty();
        assertThat(active(last)).isFalse();
        assertThatThrownBy(() -> door.adopt("python", data, client, LoginResult.Kind.REFRESH_TOKEN))
                .isInstanceOf(LoginRequired.class);
    }

    @Test
    void a_login_that_is_not_kept_is_revoked_on_request() {
        LoginResult login = login("demo");

        assertThat(door.discard(login)).isEmpty();

        assertThat(active(login.response().first().accessToken())).isFalse();
        assertThat(door.sessions()).isEmpty();
    }

    private TokenStorage storage() {
        return TokenStorages.open("json:" + folder.resolve("loose.json"));
    }

    private URI groups() {
        return sandbox.base().resolve("/globus/groups/v2/groups/my_groups");
    }

    private boolean active(Secret token) {
        Client client = GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT;
        return Introspection.of(data, client, token, new Wire(door.http(), InstantSource.system()))
                .active();
    }

    private LoginResult login(String user) {
        return read(
                control("grant", "{\"dialect\":\"globus\",\"user\":\"" + user + "\",\"scopes\":[\"" + SCOPE + "\"]}"));
    }

    private LoginResult read(String reply) {
        LoginRequest request = LoginRequest.of(globus, data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Scopes.of(SCOPE));
        return TokenReplyLogin.read(request, reply, InstantSource.system());
    }

    private static LoginResult as(String identity, LoginResult login) {
        return new LoginResult(
                login.provider(),
                login.client(),
                new Account(identity + "@example.org", identity),
                login.response(),
                login.kind(),
                login.scopes());
    }

    private int requests(String kind) {
        String stats = send(HttpCall.get(sandbox.base().resolve("/_sandbox/stats")));
        int at = stats.indexOf("\"" + kind + "\":");
        return at < 0
                ? 0
                : Integer.parseInt(stats.substring(at + kind.length() + 3).split("[,}]", 2)[0]);
    }

    private String control(String name, String body) {
        return send(new HttpCall(
                "POST",
                sandbox.base().resolve("/_sandbox/" + name),
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private String send(HttpCall call) {
        try {
            HttpReply reply = door.http().send(call, Duration.ofSeconds(60), 1 << 20);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            return reply.text();
        } catch (HttpFailure e) {
            throw new AssertionError(e);
        }
    }
}
