package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.login.TokenReplyLogin;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Moving;
import io.github.evergrant.sandbox.Sandbox;
import io.github.evergrant.sandbox.SandboxSettings;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.Origin;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.storage.KeptAt;
import io.github.evergrant.storage.StorageOptions;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.storage.adopted.AdoptingTokenStorage;
import io.github.evergrant.storage.adopted.Adoptions;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that another program began, against the sandbox. */
final class AdoptionTest {

    private static final String GROUPS = "groups.api.globus.org";
    private static final String SCOPE = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships";

    private final Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
    private final GlobusProvider globus = new GlobusProvider(Map.of());
    private final ProviderData data = globus.describe(null, sandbox.base());
    private final Origin origin =
            new Origin(data, GlobusProvider.SANDBOX_PUBLIC_CLIENT, Account.UNKNOWN, LoginResult.Kind.REFRESH_TOKEN);

    @TempDir
    private Path folder;

    private Path file;
    private TokenStorage foreign;
    private Evergrant door;

    @BeforeEach
    void open() throws Exception {
        door = door();
        file = Files.createDirectory(folder.resolve("theirs")).resolve("tokens.json");
        TokenStorage writer = TokenStorages.open("json:" + file);
        writer.replace("DEFAULT", Map.of(), Map.of(GROUPS, grant()));
        Files.writeString(file, Files.readString(file).replaceAll("\"evergrant-[^\"]*\"", "\"4.9.0\""));
        Files.delete(folder.resolve("theirs/tokens.json.lock"));
        foreign = TokenStorages.open("json:" + file);
    }

    @AfterEach
    void close() {
        door.close();
        sandbox.close();
    }

    private Evergrant door() {
        return Evergrant.open(
                AdoptingTokenStorage.over(
                        TokenStorages.open("json:" + folder.resolve("sessions.json")),
                        Adoptions.in(folder.resolve("adopted.json"), StorageOptions.DEFAULT),
                        StorageOptions.DEFAULT),
                EvergrantSettings.defaults().withPatience(Duration.ofSeconds(5)));
    }

    private Session adopt(String name, @Nullable Origin known) {
        return door.adoptFrom(foreign, "DEFAULT", name, known);
    }

    private String stored() {
        return foreign.read("DEFAULT", GROUPS).orElseThrow().accessToken().reveal();
    }

    @Test
    void an_adopted_session_is_renewed_where_it_is_kept() throws Exception {
        byte[] before = Files.readAllBytes(file);
        Session session = adopt("theirs", origin);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(session.token().value().reveal()).isEqualTo(stored());
        session.renewNow();
        assertThat(session.token().value().reveal()).isEqualTo(stored());
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
        assertThat(Files.readString(file)).contains("\"DEFAULT\"").doesNotContain("theirs");
        assertThat(folder.resolve("sessions.json")).doesNotExist();
        try (Evergrant later = door()) {
            assertThat(later.sessions()).containsExactly("theirs");
            assertThat(later.session("theirs").token().value().reveal()).isEqualTo(stored());
            assertThat(later.session("theirs").facts().map(SessionFacts::scopes))
                    .contains(Scopes.of(SCOPE));
        }
    }

    @Test
    void without_an_origin_a_session_is_used_until_its_end_and_can_be_given_one_later() throws Exception {
        Session session = adopt("theirs", null);
        assertThat(session.token()).isNotNull();
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
        assertThatThrownBy(session::renewNow)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_client"));
        adopt("theirs", origin).renewNow();
        assertThat(door.session("theirs").token().value().reveal()).isEqualTo(stored());
    }

    @Test
    void an_origin_that_was_wrong_can_be_put_right_and_a_login_s_cannot() {
        Origin wrong = new Origin(
                data, GlobusProvider.SANDBOX_CONFIDENTIAL_CLIENT, Account.UNKNOWN, LoginResult.Kind.REFRESH_TOKEN);
        adopt("theirs", wrong);
        assertThat(adopt("theirs", origin).facts().map(SessionFacts::client))
                .contains(GlobusProvider.SANDBOX_PUBLIC_CLIENT);
        door.session("theirs").renewNow();
        door.keep("theirs", login(), false);
        assertThatThrownBy(() -> adopt("theirs", wrong))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("other_client"));
    }

    @Test
    void a_name_is_given_once() {
        door.keep("tour", login(), false);
        assertThatThrownBy(() -> adopt("tour", origin))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("session_exists"));
        adopt("theirs", origin);
        assertThatThrownBy(() -> door.rename("tour", "theirs")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> door.rename("theirs", "tour")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> door.copyFrom(foreign, "DEFAULT", "theirs", null))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> door.adoptFrom(foreign, "nobody", "new", null)).isInstanceOf(LoginRequired.class);
        assertThat(door.sessions()).containsExactlyInAnyOrder("tour", "theirs");
    }

    @Test
    void another_name_is_another_name_here_alone() {
        adopt("theirs", origin);
        door.rename("theirs", "mine");
        assertThat(door.sessions()).containsExactly("mine");
        assertThat(door.session("mine").token().value().reveal()).isEqualTo(stored());
        assertThatThrownBy(() -> door.session("theirs")).isInstanceOfSatisfying(LoginRequired.class, e -> {
            assertThat(e.code()).isEqualTo("moved");
            assertThat(e).hasMessageContaining("mine");
        });
        assertThat(foreign.namespaces()).containsExactly("DEFAULT");
    }

    @Test
    void a_renewal_under_way_ends_before_the_name_changes() {
        Session session = adopt("theirs", origin);
        control("faults", "[{\"dialect\":\"globus\",\"kind\":\"token.refresh\",\"do\":\"delay\",\"ms\":1500}]");
        CompletableFuture<Void> renewal = CompletableFuture.runAsync(session::renewNow);
        Awaitility.await().until(() -> foreign.journal("DEFAULT").read().containsKey("intent"));
        door.rename("theirs", "mine");
        renewal.join();
        assertThat(door.session("mine").token().value().reveal()).isEqualTo(stored());
        door.session("mine").renewNow();
        control("faults", "[{\"dialect\":\"globus\",\"kind\":\"token.refresh\",\"do\":\"delay\",\"ms\":1500}]");
        Session mine = door.session("mine");
        CompletableFuture<Void> another = CompletableFuture.runAsync(mine::renewNow);
        Awaitility.await().until(() -> foreign.journal("DEFAULT").read().containsKey("intent"));
        assertThat(door.release("mine")).isEmpty();
        another.handle((done, trouble) -> null).join();
        adopt("again", origin).renewNow();
        assertThat(send(HttpCall.get(sandbox.base().resolve("/_sandbox/stats"))))
                .contains("\"reuses\":0")
                .doesNotContain("\"revoke\"");
    }

    @Test
    void a_released_session_stays_where_it_is() {
        adopt("theirs", origin).renewNow();
        String token = stored();
        assertThat(door.release("theirs")).isEmpty();
        assertThat(door.sessions()).isEmpty();
        assertThat(stored()).isEqualTo(token);
        assertThatThrownBy(() -> door.release("theirs"))
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("unknown_session"));
        assertThat(adopt("again", null).facts()).isPresent();
    }

    @Test
    void a_session_whose_storage_is_damaged_can_be_released_all_the_same() throws Exception {
        adopt("theirs", origin);
        Files.writeString(file, "{");
        assertThat(door.release("theirs"))
                .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("store_corrupt"));
        assertThat(door.sessions()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("{");
    }

    @Test
    void a_logout_ends_the_session_where_it_is_kept_and_the_adoption() {
        adopt("theirs", origin);
        assertThat(door.logout("theirs", false)).isEmpty();
        assertThat(foreign.namespaces()).isEmpty();
        assertThat(door.sessions()).isEmpty();
        assertThat(send(HttpCall.get(sandbox.base().resolve("/_sandbox/stats"))))
                .contains("\"revoke\":2");
    }

    @Test
    void a_session_that_its_program_has_ended_is_named_and_its_name_can_be_used_again() {
        adopt("theirs", null);
        foreign.remove("DEFAULT");
        assertThatThrownBy(() -> door.session("theirs")).isInstanceOfSatisfying(LoginRequired.class, e -> {
            assertThat(e.code()).isEqualTo("adopted_gone");
            assertThat(e).hasMessageContaining(foreign.address());
        });
        door.keep("theirs", login(), false);
        assertThat(door.storage().keptAt("theirs"))
                .isEqualTo(new KeptAt(door.storage().address(), "theirs"));
        assertThat(foreign.namespaces()).isEmpty();
    }

    @Test
    void an_adopted_session_can_move_to_us_and_away_and_stays_with_its_program() throws Exception {
        foreign.storeConfiguration("DEFAULT", "auth_client_data", Map.of("client_secret", "the only copy"));
        adopt("theirs", origin);
        byte[] before = Files.readAllBytes(file);
        String token = stored();
        TokenStorage own = TokenStorages.open("json:" + folder.resolve("sessions.json"));
        assertThat(door.move("theirs", own)).isEqualTo(new Moving.Arrived("theirs", true));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(foreign.configuration("DEFAULT", "auth_client_data")).isPresent();
        try (Evergrant theirs = Evergrant.open(TokenStorages.open(foreign.address()), EvergrantSettings.defaults())) {
            assertThat(theirs.sessions()).isEmpty();
            assertThatThrownBy(() -> theirs.session("DEFAULT"))
                    .isInstanceOfSatisfying(
                            LoginRequired.class,
                            e -> assertThat(e).hasMessageContaining(own.address() + ", where it is 'theirs'"));
        }
        assertThat(own.read("theirs", GROUPS).orElseThrow().accessToken().reveal())
                .isEqualTo(token);
        door.session("theirs").renewNow();
        assertThat(door.storage().keptAt("theirs").address()).isEqualTo(own.address());
        assertThat(stored()).isEqualTo(token);

        TokenStorage away = TokenStorages.open("json:" + folder.resolve("away.json"));
        door.move("theirs", away);
        assertThatThrownBy(() -> door.session("theirs"))
                .isInstanceOfSatisfying(LoginRequired.class, e -> assertThat(e).hasMessageContaining(away.address()));
        assertThat(door.sessions()).isEmpty();
        // What stays here is only forgotten: it lives elsewhere.
        assertThatThrownBy(() -> door.logout("theirs", false)).isInstanceOf(LoginRequired.class);
        assertThat(door.logout("theirs", true)).isEmpty();
        assertThat(own.namespaces()).isEmpty();
    }

    @Test
    void an_adopted_session_that_rotates_stays_where_it_is() throws Exception {
        adopt("theirs", origin).renewNow();
        byte[] before = Files.readAllBytes(file);
        TokenStorage own = TokenStorages.open("json:" + folder.resolve("sessions.json"));
        assertThatThrownBy(() -> door.move("theirs", own))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("rotating_adopted"));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        door.session("theirs").renewNow();
    }

    @Test
    void what_is_adopted_and_has_gone_elsewhere_gives_its_name_to_a_login_of_ours() throws Exception {
        adopt("theirs", origin);
        byte[] before = Files.readAllBytes(file);
        door.move("theirs", TokenStorages.open("json:" + folder.resolve("away.json")));
        door.keep("theirs", login(), false);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(door.storage().keptAt("theirs").address())
                .isEqualTo(door.storage().address());
    }

    @Test
    void an_open_session_that_its_program_ends_is_not_brought_back() {
        Session open = adopt("theirs", origin);
        open.renewNow();
        foreign.remove("DEFAULT");
        assertThatThrownBy(open::renewNow).isInstanceOf(LoginRequired.class);
        assertThat(foreign.namespaces()).isEmpty();
    }

    @Test
    void an_open_session_that_went_elsewhere_says_where() {
        Session open = door.keep("tour", login(), false);
        door.rename("tour", "journey");
        assertThatThrownBy(open::standing)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("moved"));
        Session journey = door.session("journey");
        door.logout("journey", false);
        assertThatThrownBy(journey::standing)
                .isInstanceOfSatisfying(
                        LoginRequired.class, e -> assertThat(e.code()).isEqualTo("logged_out"));
    }

    @Test
    void a_login_while_an_adopted_session_is_logged_out_is_kept_by_name() {
        adopt("theirs", origin);
        control("faults", "[{\"dialect\":\"globus\",\"kind\":\"revoke\",\"do\":\"delay\",\"ms\":3000}]");
        Session session = door.session("theirs");
        CompletableFuture<Void> logout = CompletableFuture.runAsync(() -> session.logout(false));
        Awaitility.await().until(() -> foreign.journal("DEFAULT").read().containsKey("ended"));
        door.keep("theirs", login(), false);
        logout.join();
        assertThat(door.session("theirs").token().value().reveal()).isEqualTo(stored());
    }

    @Test
    void a_move_to_us_that_was_cut_short_at_its_very_end_is_finished_by_looking() {
        adopt("theirs", origin);
        TokenStorage own = TokenStorages.open("json:" + folder.resolve("sessions.json"));
        try (Evergrant there = Evergrant.open(foreign, EvergrantSettings.defaults())) {
            there.rename("DEFAULT", "theirs");
            there.move("theirs", own);
        }
        AdoptingTokenStorage joined = (AdoptingTokenStorage) door.storage();
        joined.release("theirs");
        joined.adopt("theirs", new KeptAt(foreign.address(), "theirs"));
        assertThat(door.session("theirs").token()).isNotNull();
        assertThat(joined.isAdopted("theirs")).isFalse();
    }

    @Test
    void a_copy_is_ours_and_leaves_the_other_alone() throws Exception {
        byte[] before = Files.readAllBytes(file);
        assertThat(door.copyFrom(foreign, "DEFAULT", "copy", origin)).isTrue();
        Session copy = door.session("copy");
        assertThat(copy.facts().map(SessionFacts::client)).contains(GlobusProvider.SANDBOX_PUBLIC_CLIENT);
        copy.renewNow();
        assertThat(copy.token().value().reveal()).isNotEqualTo(stored());
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void a_door_whose_storage_joins_no_others_adopts_none() {
        try (Evergrant plain = Evergrant.open("json:" + folder.resolve("plain.json"))) {
            assertThatThrownBy(() -> plain.adoptFrom(foreign, "DEFAULT", "theirs", origin))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("storage_adopts_none"));
        }
    }

    @Test
    void a_session_of_one_s_own_storage_can_be_given_its_origin() {
        try (Evergrant theirs = Evergrant.open("json:" + file)) {
            assertThatThrownBy(() -> theirs.session("DEFAULT").renewNow()).isInstanceOf(EvergrantException.class);
            theirs.adopt("DEFAULT", origin).renewNow();
            assertThat(theirs.session("DEFAULT").token().value().reveal()).isEqualTo(stored());
        }
    }

    private TokenData grant() {
        return login().response().first();
    }

    private LoginResult login() {
        Client client = GlobusProvider.SANDBOX_PUBLIC_CLIENT;
        LoginRequest request = LoginRequest.of(globus, data, client, Scopes.of(SCOPE));
        String reply = control("grant", "{\"dialect\":\"globus\",\"scopes\":[\"" + SCOPE + "\"]}");
        return TokenReplyLogin.read(request, reply, InstantSource.system());
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
