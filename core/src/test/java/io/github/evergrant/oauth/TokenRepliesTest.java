package io.github.evergrant.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.http.HttpReply;
import io.github.evergrant.storage.json.TokenObject;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenRepliesTest {

    private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final ReplyRules RULES = new ReplyRules("api", null);

    /** Nothing odd in an otherwise sound reply may cost its tokens. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "token_type": "Bearer"       | Bearer | false
                    "token_type": "bearer"       | bearer | false
                    "token_type": "N_A"          | N_A    | false
                    "x": 1                       |        | false
                    "token_type": null           |        | false
                    "token_type": ""             |        | true
                    "token_type": 7              |        | true
                    "token_type": ["Bearer"]     |        | true
                    "token_type": "B\\u0007r"    |        | true
                    """)
    void an_odd_token_type_is_left_out(String field, String type, boolean odd) {
        TokenResponse response = granted("{\"access_token\":\"A\",\"refresh_token\":\"R\"," + field + "}");

        assertThat(response.first().tokenType()).isEqualTo(type);
        assertThat(response.first().refreshToken()).isEqualTo(Secret.of("R"));
        assertThat(response.oddities().isEmpty()).isEqualTo(!odd);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    172800       | 172800    | false
                    0            | 0         | false
                    10.9         | 10        | false
                    1e3          | 1000      | false
                    "10"         | 10        | true
                    " 10 "       | 10        | true
                    null         |           | false
                    -1           |           | true
                    -1.5         |           | true
                    "soon"       |           | true
                    ""           |           | true
                    true         |           | true
                    [10]         |           | true
                    {"a":1}      |           | true
                    315360000    | 315360000 | false
                    315360001    | 315360000 | true
                    9223372036854775808 | 315360000 | true
                    1e999999999  | 315360000 | true
                    1e-999999999 | 0         | false
                    1e99999999999999999999 | | true
                    """)
    @DisplayName("39: a lifetime of any type counts from the sending; none is no end (Python: it ends at once)")
    void a_lifetime_of_any_type_is_read_as_well_as_can_be(String expiresIn, Long seconds, boolean odd) {
        String json = "{\"access_token\":\"A\",\"expires_in\":" + expiresIn + "}";
        TokenResponse response = granted(json);

        assertThat(response.first().expiry())
                .isEqualTo(seconds == null ? Expiry.never() : Expiry.at(SENT.plusSeconds(seconds)));
        assertThat(response.oddities().isEmpty()).isEqualTo(!odd);
        if (seconds == null) {
            assertThat(granted(json, new ReplyRules("api", Duration.ofHours(1)))
                            .first()
                            .expiry())
                    .isEqualTo(Expiry.at(SENT.plusSeconds(3600)));
        }
    }

    @Test
    void a_number_of_a_million_digits_is_left_out() {
        TokenResponse response = granted(
                "{\"access_token\":\"A\",\"expires_in\":" + "9".repeat(1_000_000) + ",\"refresh_token\":\"R\"}");

        assertThat(response.first().refreshToken()).isEqualTo(Secret.of("R"));
        assertThat(response.oddities()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "7", "[\"R\"]", "\"R\\n\"", "\"R\\u00e4\""})
    void a_refresh_token_that_is_none_counts_as_absent(String value) {
        assertThat(granted("{\"access_token\":\"A\",\"refresh_token\":" + value + "}")
                        .first()
                        .refreshToken())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "7", "{\"a\":1}", "\"x.\\u0000.z\""})
    void an_id_token_that_is_none_costs_nothing_else(String value) {
        TokenResponse response = granted("{\"access_token\":\"A\",\"refresh_token\":\"R\",\"id_token\":" + value + "}");

        assertThat(response.idToken()).isNull();
        assertThat(response.first().refreshToken()).isEqualTo(Secret.of("R"));
    }

    @Test
    void a_reply_without_a_fault_has_everything_in_its_place() {
        TokenResponse response = granted("""
                {"access_token":"A","refresh_token":"R","token_type":"Bearer","scope":"s1  s2 s1","expires_in":60,
                 "resource_server":"rs1","id_token":"x.y.z","state":"st","fun":{"deep":[1,null,"t"]},
                 "other_tokens":[{"access_token":"B","resource_server":"rs2","scope":"","mark":true,"state":"st"}]}
                """);

        assertThat(response.oddities()).isEmpty();
        assertThat(response.sentAt()).isEqualTo(SENT);
        assertThat(response.idToken()).isEqualTo(Secret.of("x.y.z"));
        assertThat(response.byResourceServer().keySet()).containsExactly("rs1", "rs2");
        assertThat(response.first().scopes()).isEqualTo(Scopes.of("s1", "s2"));
        assertThat(response.first().extra()).containsOnlyKeys("fun");
        assertThat(response.extra()).isEqualTo(response.first().extra());
        assertThat(at("rs2", response).extra()).isEqualTo(Map.of("mark", true));
    }

    @Test
    void malformed_further_tokens_are_skipped_and_noted_without_values() {
        TokenResponse response = granted("""
                {"access_token":"A","resource_server":"rs1","other_tokens":[
                 null, 7, "canary", [], {}, {"access_token":7}, {"access_token":"canary\\u0000"},
                 {"access_token":"B","resource_server":7}, {"access_token":"C","resource_server":"r\\u001b[2J"},
                 {"access_token":"D","resource_server":"rs4","scope":["a","b c",1],"refresh_token":"RD"}]}
                """);

        assertThat(response.byResourceServer().keySet()).containsExactly("rs1", "api", "rs4");
        assertThat(at("rs4", response).scopes()).isEqualTo(Scopes.of("a", "b", "c"));
        assertThat(at("rs4", response).refreshToken()).isEqualTo(Secret.of("RD"));
        assertThat(response.oddities()).hasSizeGreaterThan(8).noneMatch(it -> it.contains("canary"));
        assertThat(response.oddities()).contains("other_tokens[1]: skipped, it is no object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "\"x\"", "7", "true"})
    void further_tokens_that_are_no_list_cost_nothing_else(String others) {
        assertThat(granted("{\"access_token\":\"A\",\"other_tokens\":" + others + "}")
                        .oddities())
                .containsExactly("other_tokens is no list");
    }

    @Test
    void a_hundred_thousand_bad_elements_leave_few_notes() {
        TokenResponse response = granted("{\"access_token\":\"A\",\"other_tokens\":[" + "1,".repeat(100_000) + "1]}");

        assertThat(response.oddities()).hasSize(20);
    }

    @Test
    void a_byte_order_mark_duplicate_keys_and_text_behind_the_end_are_borne() {
        TokenResponse response = granted("\uFEFF {\"access_token\":\"A\",\"access_token\":\"B\"} trailing");

        assertThat(response.first().accessToken()).isEqualTo(Secret.of("B"));
        assertThat(response.oddities()).hasSize(2);
    }

    @Test
    void a_value_nested_too_deep_is_left_out_and_the_rest_is_kept() {
        TokenResponse response = granted(
                "{\"x\":" + "[".repeat(500) + "]".repeat(500) + ",\"access_token\":\"A\",\"refresh_token\":\"R\"}");

        assertThat(response.first().refreshToken()).isEqualTo(Secret.of("R"));
        assertThat(response.oddities()).containsExactly("a value nested too deep was left out");
        assertThat(read(200, "{\"x\":" + "[".repeat(500_000))).isInstanceOf(TokenReply.Unreadable.class);
        assertThat(read(200, "[".repeat(100_000) + "]".repeat(100_000))).isInstanceOf(TokenReply.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "a\\uD83Db", "\\ud83d\\ud83d\\ude00", "\\\\\\ud83d"})
    void half_a_character_in_a_name_costs_that_name_only(String name) {
        TokenResponse response = granted("{\"x\":{\"" + name + "\":1},\"access_token\":\"A\",\"refresh_token\":\"R\"}");

        assertThat(response.first().refreshToken()).isEqualTo(Secret.of("R"));
        assertThat(response.oddities()).containsExactly("half a character was replaced");
        TokenData stored = TokenObject.read("api", TokenObject.write(response.first(), null));
        assertThat(stored.extra()).containsOnlyKeys("x");
    }

    @Test
    void a_backslash_before_what_looks_like_half_a_character_is_left_alone() {
        TokenResponse response = granted("{\"\\\\ud83d\":1,\"access_token\":\"A\"}");

        assertThat(response.oddities()).isEmpty();
        assertThat(response.extra()).containsOnlyKeys("\\ud83d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "", "application/x-www-form-urlencoded", "no type at all"})
    void the_content_type_does_not_matter(String type) {
        Map<String, List<String>> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(type));
        HttpReply reply = new HttpReply(200, headers, bytes("{\"access_token\":\"A\"}"), SENT);

        assertThat(TokenReplies.read(reply, RULES)).isInstanceOf(TokenReply.Granted.class);
    }

    @Test
    void tokens_count_more_than_an_error_beside_them() {
        assertThat(read(200, "{\"error\":\"odd\",\"access_token\":\"A\"}")).isInstanceOf(TokenReply.Granted.class);
        assertThat(read(201, "{\"access_token\":\"A\"}")).isInstanceOf(TokenReply.Granted.class);
        assertThat(read(500, "{\"access_token\":\"A\"}")).isInstanceOf(TokenReply.Granted.class);
        assertThat(read(400, "{\"error\":\"invalid_grant\",\"access_token\":\"A\"}"))
                .isInstanceOf(TokenReply.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>sorry</html>",
                "{\"access_token\":\"canary",
                "{}",
                "[]",
                "[1]",
                "null",
                "7",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":7}",
                "{\"access_token\":[\"canary\"]}",
                "{\"access_token\":\"canary\\u0000\"}",
                "{\"access_token\":\"canary\\n\"}",
                "{\"access_token\":\"canary\\u00e4\"}",
                "{\"access_token\":\"\\ud800canary\"}"
            })
    void a_success_without_a_sendable_access_token_is_unreadable(String body) {
        TokenReply reply = read(200, body);

        assertThat(reply).isInstanceOf(TokenReply.Unreadable.class);
        assertThat(reply.toString()).doesNotContain("canary");
    }

    @Test
    void a_reply_of_more_than_a_mebibyte_is_unreadable() {
        String json = "{\"access_token\":\"A\",\"x\":\"" + "y".repeat(1 << 20) + "\"}";

        assertThat(read(200, json)).isInstanceOf(TokenReply.Unreadable.class);
        assertThat(TokenReplies.readText("{}", RULES, SENT)).isEmpty();
    }

    @Test
    @DisplayName(
            "40: a reply needs no list of further tokens, and may be a bare array (Python: one of the two by its grant)")
    void a_reply_needs_no_list_of_further_tokens_and_may_be_a_bare_array() {
        assertThat(granted("{\"access_token\":\"A\"}").oddities()).isEmpty();
        TokenResponse array = granted("[{\"access_token\":\"A\",\"resource_server\":\"rs1\"},"
                + "{\"access_token\":\"B\",\"resource_server\":\"rs2\"}]");

        assertThat(array.oddities()).isEmpty();
        assertThat(array.byResourceServer().keySet()).containsExactly("rs1", "rs2");
    }

    @Test
    @DisplayName("41: of two tokens for one resource server the later counts, with the only refresh token there is")
    void of_two_tokens_for_one_resource_server_the_later_counts() {
        TokenResponse response = granted("{\"access_token\":\"A\",\"refresh_token\":\"R\",\"resource_server\":\"rs1\","
                + "\"other_tokens\":[{\"access_token\":\"B\",\"resource_server\":\"rs1\"}]}");

        assertThat(response.byResourceServer()).containsOnlyKeys("rs1");
        assertThat(response.first().accessToken()).isEqualTo(Secret.of("B"));
        assertThat(response.first().refreshToken()).isEqualTo(Secret.of("R"));
        assertThat(response.oddities()).hasSize(1);
    }

    /** What Python refuses, we mend. */
    @Test
    @DisplayName("39, 41: captured replies are read as the other program reads them")
    void captured_replies_are_read_as_the_other_program_reads_them() {
        int compared = 0;
        for (Golden one : Golden.read("globus/vectors/token_responses.json").items()) {
            Golden expected = one.at("by_resource_server");
            String json = Written.json(one.at("response").value());
            TokenReply reply = read(200, json);
            if (expected.object().isEmpty()) {
                continue;
            }
            Map<String, TokenData> found =
                    ((TokenReply.Granted) reply).response().byResourceServer();
            assertThat(found.keySet())
                    .containsExactlyElementsOf(expected.object().keySet());
            found.forEach((server, data) -> {
                Golden token = expected.at(server);
                assertThat(data.accessToken().reveal())
                        .isEqualTo(token.at("access_token").text());
                assertThat(data.refresh().map(Secret::reveal))
                        .isEqualTo(Optional.ofNullable(token.at("refresh_token").value()));
                assertThat(data.tokenType()).isEqualTo(token.at("token_type").value());
                assertThat(data.scopes().text()).isEqualTo(token.at("scope").text());
                // A missing lifetime: Python says "ends at once", we say that no end is known.
                assertThat(data.expiry().epochSecond())
                        .isEqualTo(
                                json.contains("expires_in")
                                        ? Long.parseLong(
                                                token.at("expires_at_seconds").text())
                                        : Expiry.NEVER_SECONDS);
            });
            compared++;
        }
        assertThat(compared).isEqualTo(8);
    }

    private static TokenResponse granted(String body) {
        return granted(body, RULES);
    }

    private static TokenResponse granted(String body, ReplyRules rules) {
        TokenReply reply = TokenReplies.read(new HttpReply(200, Map.of(), bytes(body), SENT), rules);
        assertThat(reply).isInstanceOf(TokenReply.Granted.class);
        return ((TokenReply.Granted) reply).response();
    }

    private static TokenData at(String resourceServer, TokenResponse response) {
        return Objects.requireNonNull(response.byResourceServer().get(resourceServer));
    }

    private static TokenReply read(int status, String body) {
        return TokenReplies.read(new HttpReply(status, Map.of(), bytes(body), SENT), RULES);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
