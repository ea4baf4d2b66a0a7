package io.github.evergrant.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.login.LoginResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is renewed: demo's session with a provider as the sandbox plays it. Its {@code toString} is its name. */
sealed interface SessionKind permits GlobusKind, AgaveKind, TastytradePasswordKind, TastytradeOAuthKind, SpatiaFiKind {

    /** What the sandbox calls the provider. */
    String dialect();

    /** A name that it may have. */
    default String session() {
        return "tour";
    }

    /** What its tokens are for. */
    default String resourceServer() {
        return dialect();
    }

    /** A finished login, whose token lives so long. */
    LoginResult login(Playground playground, Duration lifetime);

    /** The kind of request that renews it, as the sandbox counts and logs it. */
    default String renewal() {
        return "token.refresh";
    }

    /** The token in the body of such a request, by which it is granted. */
    default String shown(String body) {
        String field = Stream.of(body.split("&"))
                .filter(each -> each.startsWith("refresh_token="))
                .findFirst()
                .orElseThrow();
        return field.substring("refresh_token=".length());
    }

    /** Whether each renewal brings a refresh token in the place of the one that it was asked with. */
    default boolean isReplaced() {
        return true;
    }

    /** How long the provider may answer a replaced refresh token again; nothing for sessions without refresh tokens. */
    default List<Duration> graces() {
        return List.of(Duration.ofSeconds(10), Duration.ZERO);
    }

    /** Where something is that only a good token gets. */
    URI api(URI sandbox);

    /** The header by which a token is shown there. */
    default String authorization(String token) {
        return "Bearer " + token;
    }

    /** A field of a body in JSON. */
    static String inJson(String body, String field) {
        String value = Playground.JSON.readTree(body).path(field).asString("");
        assertThat(value).as(field).isNotEmpty();
        return value;
    }
}
