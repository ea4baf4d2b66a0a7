package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.Golden;
import io.github.evergrant.session.Evergrant;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What authorizers that are made of loose values save, and whom they tell. */
final class SavingAuthorizerTest {

    private static final EvergrantSettings SETTINGS =
            EvergrantSettings.defaults().withPatience(Duration.ofSeconds(20)).withRefreshAhead(false);

    private static PlayedGlobus globus;

    private final List<TokenResponse> heard = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path folder;

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
    @DisplayName("52: a listener gets each response once, whole, and nothing for a token that is good")
    void listener() {
        LooseTokens tokens = tokens();
        try (RenewingAuthorizer authorizer = open(tokens, heard::add)) {
            String before = String.valueOf(authorizer.header());
            assertThat(before).isEqualTo(String.valueOf(authorizer.header()));
            assertThat(heard).isEmpty();

            authorizer.renewAfterRefusal(before);

            Awaitility.await().until(() -> heard.size() == 1);
            assertThat(heard.get(0).byResourceServer()).containsOnlyKeys(PlayedGlobus.GROUPS);
            assertThat(authorizer.header())
                    .isEqualTo("Bearer " + heard.get(0).first().accessToken().reveal());
        }
        assertThat(heard).hasSize(1);
    }

    @Test
    @DisplayName("53: a listener that throws breaks nothing (Python: the caller gets it, the store the old token)")
    void listenerThrows() {
        try (RenewingAuthorizer authorizer = open(tokens(), response -> {
            heard.add(response);
            throw new IllegalStateException("a listener's own trouble");
        })) {
            String before = String.valueOf(authorizer.header());

            assertThat(authorizer.renewAfterRefusal(before)).isTrue();

            Awaitility.await().until(() -> heard.size() == 1);
            String renewed = String.valueOf(authorizer.header());
            assertThat(renewed).isNotEqualTo(before).isEqualTo("Bearer " + accessToken(storage()));
            assertThat(authorizer.header()).isEqualTo(renewed);
        }
        assertThat(globus.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    @DisplayName("54: a response with tokens of two servers brings both")
    void twoServers() {
        globus.answer(
                "token.refresh",
                200,
                "{\"access_token\":\"A2\",\"resource_server\":\"groups.api.globus.org\",\"expires_in\":900,"
                        + "\"refresh_token\":\"R2\",\"other_tokens\":[{\"access_token\":\"B2\",\"expires_in\":900,"
                        + "\"resource_server\":\"transfer.api.globus.org\",\"refresh_token\":\"S2\"}]}");
        try (RenewingAuthorizer authorizer = open(tokens(), heard::add)) {
            authorizer.renewAfterRefusal(String.valueOf(authorizer.header()));

            assertThat(authorizer.header()).isEqualTo("Bearer A2");
        }
        assertThat(stored(PlayedGlobus.GROUPS)).isEqualTo(Secret.of("R2"));
        assertThat(stored(PlayedGlobus.TRANSFER)).isEqualTo(Secret.of("S2"));
    }

    @Test
    @DisplayName("55: a new refresh token is stored, and used the next time")
    void rotation() {
        LooseTokens tokens = tokens();
        Secret first = Objects.requireNonNull(tokens.refreshToken());
        try (RenewingAuthorizer authorizer = open(tokens, null)) {
            authorizer.renewAfterRefusal(String.valueOf(authorizer.header()));
        }
        Secret second = stored(PlayedGlobus.GROUPS);
        assertThat(second).isNotEqualTo(first);
        EvergrantSettings later = SETTINGS.withClock(() -> Instant.now().plus(Duration.ofMinutes(20)));
        try (RenewingAuthorizer authorizer = RenewingAuthorizer.open(tokens, storage(), "DEFAULT", null, later)) {
            assertThat(authorizer.header()).startsWith("Bearer ");
        }
        assertThat(stored(PlayedGlobus.GROUPS)).isNotEqualTo(second);
        assertThat(globus.log().stream()
                        .filter(entry -> entry.at("kind").text().equals("token.refresh"))
                        .map(entry -> entry.at("body").text()))
                .satisfiesExactly(
                        body -> assertThat(body).contains("refresh_token=" + first.reveal()),
                        body -> assertThat(body).contains("refresh_token=" + second.reveal()));
    }

    @Test
    @DisplayName("56, W1: a response without a refresh token leaves the old one, in memory and in the store")
    void withoutRefreshToken() {
        globus.fault("{\"dialect\":\"globus\",\"kind\":\"token.refresh\",\"times\":1,\"do\":\"no-refresh-token\"}");
        LooseTokens tokens = tokens();
        try (RenewingAuthorizer authorizer = open(tokens, heard::add)) {
            authorizer.renewAfterRefusal(String.valueOf(authorizer.header()));
            Awaitility.await().until(() -> heard.size() == 1);
        }
        assertThat(heard.get(0).first().refresh()).isEmpty();
        assertThat(stored(PlayedGlobus.GROUPS)).isEqualTo(tokens.refreshToken());
    }

    @Test
    @DisplayName("63: a native refresh names the client in its body and proves nothing")
    void nativeRefresh() {
        try (RenewingAuthorizer authorizer = open(tokens(), null)) {
            authorizer.renewAfterRefusal(String.valueOf(authorizer.header()));
        }
        Golden request = globus.log().stream()
                .filter(SavingAuthorizerTest::isRefresh)
                .findFirst()
                .orElseThrow();
        assertThat(request.at("body").text())
                .contains("client_id=61338d24-54d5-408f-a10d-66c06b59f6d2")
                .contains("grant_type=refresh_token");
        assertThat(request.at("headers").has("Authorization")).isFalse();
    }

    @Test
    @DisplayName("82, W8: a store of format 1.0, which knows no identity, is renewed and saved, and keeps its format")
    void formatWithoutIdentities() throws Exception {
        Path old = folder.resolve("old.json");
        TokenData first = globus.login("demo").response().first();
        TokenData spent = first.withExpiry(Expiry.at(Instant.now().minusSeconds(1)));
        TokenStorages.open("json1:" + old).replace("DEFAULT", Map.of(), Map.of(PlayedGlobus.GROUPS, spent));
        LooseTokens tokens = globus.loose(first, Instant.now().plusSeconds(900));
        try (RenewingAuthorizer authorizer =
                RenewingAuthorizer.open(tokens, TokenStorages.open("json:" + old), "DEFAULT", null, SETTINGS)) {
            String header = String.valueOf(authorizer.header());
            assertThat(header).isNotEqualTo("Bearer " + first.accessToken().reveal());
            assertThat(header).isEqualTo("Bearer " + accessToken(TokenStorages.open("json:" + old)));
        }
        assertThat(Files.readString(old))
                .contains("\"format_version\": \"1.0\"")
                .doesNotContain("identity_id");
        assertThat(globus.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void what_was_saved_wins_over_the_values_that_a_program_starts_from() {
        LooseTokens tokens = tokens();
        String renewed;
        try (RenewingAuthorizer authorizer = open(tokens, null)) {
            authorizer.renewAfterRefusal(String.valueOf(authorizer.header()));
            renewed = String.valueOf(authorizer.header());
        }
        try (RenewingAuthorizer again = open(tokens, null)) {
            assertThat(again.header()).isEqualTo(renewed);
        }
        assertThat(globus.requests("token.refresh")).isEqualTo(1);
    }

    @Test
    void nothing_stands_in_the_store_before_the_first_token_is_fetched() {
        try (RenewingAuthorizer authorizer = open(bare("client"), heard::add);
                TokenStorage storage = storage();
                Evergrant door = Evergrant.open(storage, SETTINGS)) {
            assertThat(storage.exists()).isFalse();
            assertThat(storage.read("DEFAULT")).isEmpty();
            assertThat(door.verify()).isEmpty();
            assertThat(globus.log()).noneMatch(SavingAuthorizerTest::isRefresh);

            assertThat(authorizer.renewAfterRefusal("Bearer other")).isTrue();
            String header = authorizer.header();

            assertThat(header).startsWith("Bearer ").isNotEqualTo("Bearer none");
            assertThat("Bearer "
                            + storage.read("DEFAULT", PlayedGlobus.GROUPS)
                                    .orElseThrow()
                                    .accessToken()
                                    .reveal())
                    .isEqualTo(header);
            assertThat(door.verify()).isEmpty();
            assertThat(globus.log()).filteredOn(SavingAuthorizerTest::isRefresh).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_opened_leaves_no_storage_open() {
        try (RenewingAuthorizer first = open(tokens(), null)) {
            assertThat(first.header()).isNotEmpty();
        }
        AtomicInteger closed = new AtomicInteger();
        try (TokenStorage real = storage()) {
            TokenStorage watched = (TokenStorage) Proxy.newProxyInstance(
                    TokenStorage.class.getClassLoader(),
                    new Class<?>[] {TokenStorage.class},
                    (proxy, method, words) -> {
                        if (method.getName().equals("unvalidated")) {
                            return proxy;
                        }
                        if (method.getName().equals("close")) {
                            closed.incrementAndGet();
                        }
                        try {
                            return method.invoke(real, words);
                        } catch (InvocationTargetException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });

            assertThatThrownBy(() ->
                            RenewingAuthorizer.open(bare("another-client"), watched, "DEFAULT", heard::add, SETTINGS))
                    .isInstanceOf(InvalidInput.class);

            assertThat(closed).hasValue(1);
        }
    }

    private static boolean isRefresh(Golden entry) {
        return entry.at("kind").text().equals("token.refresh");
    }

    private static LooseTokens bare(String other) {
        LooseTokens known = tokens();
        Client client = other.equals("client") ? known.client() : Client.open(other);
        return LooseTokens.ofRefreshToken(
                known.provider(), client, known.resourceServer(), Objects.requireNonNull(known.refreshToken()));
    }

    private RenewingAuthorizer open(LooseTokens tokens, @Nullable Consumer<TokenResponse> listener) {
        return RenewingAuthorizer.open(tokens, storage(), "DEFAULT", listener, SETTINGS);
    }

    private TokenStorage storage() {
        return TokenStorages.open("json:" + folder.resolve("tokens.json"));
    }

    private Secret stored(String resourceServer) {
        try (TokenStorage storage = storage()) {
            return storage.read("DEFAULT", resourceServer)
                    .orElseThrow()
                    .refresh()
                    .orElseThrow();
        }
    }

    private static String accessToken(TokenStorage storage) {
        return storage.read("DEFAULT", PlayedGlobus.GROUPS)
                .orElseThrow()
                .accessToken()
                .reveal();
    }

    private static LooseTokens tokens() {
        return globus.loose(
                globus.login("demo").response().first(), Instant.now().plusSeconds(900));
    }
}
