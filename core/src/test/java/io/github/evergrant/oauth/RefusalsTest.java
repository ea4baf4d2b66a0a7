package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.token.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusalsTest {

    private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final ReplyRules RULES = new ReplyRules("api", null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    400 | {"error":"invalid_grant"} | invalid_grant | ``
                    401 | {"error":"invalid_grant"} | invalid_grant | ``
                    200 | {"error":"invalid_grant","error_description":"gone"} | invalid_grant | gone
                    401 | {"error":"invalid_client","error_description":"who?"} | invalid_client | who?
                    401 | {"errors":[{"status":"401","code":"UNAUTHORIZED","title":"t","detail":"d"}],"error":"unauthorized","error_description":"Un"} | unauthorized | Un
                    403 | {"errors":[{"code":"FORBIDDEN","title":"t1"},{"code":"B"}]} | FORBIDDEN | t1
                    403 | {"errors":[]} | http_403 | ``
                    403 | {"errors":[7]} | http_403 | ``
                    400 | {"error":{"code":"bad","message":"words"}} | bad | words
                    400 | {"code":"bad","message":"words"} | bad | words
                    400 | {"error":7} | http_400 | ``
                    403 | <html>no</html> | http_403 | ``
                    404 | `` | http_404 | ``
                    302 | `` | http_302 | ``
                    401 | [] | http_401 | ``
                    """)
    void a_refusal_of_any_shape_has_a_code_and_words(int status, String body, String code, String words) {
        assertThat(read(status, body)).isEqualTo(new TokenReply.Refused(status, code, words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    408 | {}                                   | 5  | 5
                    429 | {"error":"slow_down"}                | 5  | 5
                    500 | <html>                               | -5 |
                    503 | ``                                   | Thu, 01 Jan 2026 00:00:09 GMT | 9
                    503 | {"error":"invalid_grant"}            | x  |
                    400 | {"error":"temporarily_unavailable"}  | 0  | 0
                    200 | {"error":"temporarily_unavailable"}  | 1  | 1
                    """)
    void trouble_on_the_way_is_unavailability(int status, String body, String retryAfter, Long seconds) {
        TokenReply reply = TokenReplies.read(
                new HttpReply(
                        status,
                        Map.of("retry-after", List.of(retryAfter)),
                        body.getBytes(StandardCharsets.UTF_8),
                        SENT),
                RULES);

        assertThat(reply).isInstanceOfSatisfying(TokenReply.Unavailable.class, it -> {
            assertThat(it.retryAt()).isEqualTo(seconds == null ? null : SENT.plusSeconds(seconds));
            assertThat(it.status()).isEqualTo(status);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u001b[2J", "\\u0000", "\\u202e", "\\u2028", "\\u0085", "\\u200b", "\\ud800", "\\u007f"})
    void words_lose_what_a_terminal_would_obey(String hostile) {
        String json = "{\"error\":\"a" + hostile + "\",\"error_description\":\"b" + hostile + "c\"}";
        TokenReply.Refused refused = (TokenReply.Refused) read(400, json);

        assertThat((refused.error() + refused.description()).codePoints()).allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    @Test
    void long_words_are_cut() {
        TokenReply.Refused refused =
                (TokenReply.Refused) read(400, "{\"error\":\"e\",\"error_description\":\"" + "x".repeat(9_999) + "\"}");

        assertThat(refused.description()).hasSize(300);
    }

    @Test
    void a_server_that_quotes_the_token_it_refuses_is_not_quoted() {
        HttpReply reply = new HttpReply(
                400,
                Map.of(),
                "{\"error\":\"invalid_grant\",\"error_description\":\"token canary-1 and canary-2 are dead\"}"
                        .getBytes(StandardCharsets.UTF_8),
                SENT);

        assertThat(TokenReplies.read(reply, RULES, Secret.of("canary-1"), Secret.of("canary-2")))
                .isEqualTo(new TokenReply.Refused(400, "invalid_grant", "token … and … are dead"));
    }

    private static TokenReply read(int status, String body) {
        return TokenReplies.read(new HttpReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), SENT), RULES);
    }

    @ParameterizedTest
    @CsvSource({
        "token sandbox-rt-rUbCHwyRgR7jCggc5H27Fm1EEI is bad, token … is bad",
        "eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiIxIn0.abc, …",
        "request 6c54cade-bde5-45c1-bdea-f4bd71dba2cc failed, request 6c54cade-bde5-45c1-bdea-f4bd71dba2cc failed",
        "the_request_is_missing_a_parameter, the_request_is_missing_a_parameter",
        "see https://example.org/errors/invalid_grant, see https://example.org/errors/invalid_grant",
    })
    void what_looks_like_a_token_is_blotted_out(String words, String clean) {
        assertThat(Cleaned.text(words, List.of())).isEqualTo(clean);
    }
}
