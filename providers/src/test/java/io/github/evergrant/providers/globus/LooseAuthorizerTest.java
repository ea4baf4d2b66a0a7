package io.github.evergrant.providers.globus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.oauth.Golden;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.session.EvergrantSettings;
import io.github.evergrant.session.LooseTokens;
import io.github.evergrant.session.RenewingAuthorizer;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.TokenStorages;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authorizers made of loose values, as the examples of {@code globus_sdk} make them. */
final class LooseAuthorizerTest {

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
            assertThat(heard.get(0).first().resourceServer()).isEqualTo(PlayedGlobus.GROUPS);
            assertThat(authorizer.header())
                    .isEqualTo("Bearer " + heard.get(0).first().accessToken().reveal());
        }
        assertThat(heard).hasSize(1);
    }

    @Test
    @DisplayName("53: a listener that throws costs nobody the token")
    void listenerThrows() {
        try (RenewingAuthorizer authorizer = open(tokens(), response -> {
            heard.add(response);
            throw new IllegalStateException("a listener's own trouble");
        })) {
            String before = String.valueOf(authorizer.header());

            assertThat(authorizer.renewAfterRefusal(before)).isTrue();

            Awaitility.await().until(() -> heard.size() == 1);
            assertThat(authorizer.header()).isNotEqualTo(before);
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
        Secret first = tokens.refreshToken();
        try (RenewingAuthorizer authorizer = open(tokens, null)) {
            authorizer.renewAfterRefusal(String.valueOf(authorizer.header()));
        }
        Secret second = stored(PlayedGlobus.GROUPS);
        assertThat(second).isNotEqualTo(first);
        try (RenewingAuthorizer authorizer = open(tokens, null)) {
            globus.expire();
            assertThat(authorizer.header()).startsWith("Bearer ");
        }
        assertThat(stored(PlayedGlobus.GROUPS)).isEqualTo(second);
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
                .filter(entry -> entry.at("kind").text().equals("token.refresh"))
                .findFirst()
                .orElseThrow();
        assertThat(request.at("body").text())
                .contains("client_id=61338d24-54d5-408f-a10d-66c06b59f6d2")
                .contains("grant_type=refresh_token");
        assertThat(request.at("headers").has("Authorization")).isFalse();
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

    private static LooseTokens tokens() {
        Golden reply = new Golden(parsed(globus.granted("demo", PlayedGlobus.MY_GROUPS)));
        return LooseTokens.ofRefreshToken(
                        globus.data,
                        GlobusProvider.SANDBOX_PUBLIC_CLIENT,
                        PlayedGlobus.GROUPS,
                        Secret.of(reply.at("refresh_token").text()))
                .with(Secret.of(reply.at("access_token").text()), Instant.now().plusSeconds(900));
    }

    private static Object parsed(String json) {
        try {
            return HostileJson.read(json).object();
        } catch (HostileJson.Malformed e) {
            throw new AssertionError(e);
        }
    }
}
