package io.github.evergrant.storage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String rewritten(String text) throws MalformedJson {
        return new String(Json.write(Json.read(bytes(text))), StandardCharsets.UTF_8);
    }

    private static Object golden(String name) throws IOException, MalformedJson {
        try (InputStream in =
                Objects.requireNonNull(JsonTest.class.getResourceAsStream("/golden/globus/vectors/" + name), name)) {
            return Objects.requireNonNull(Json.read(in.readAllBytes()));
        }
    }

    @Test
    void strings_are_written_as_python_writes_them() throws Exception {
        Map<?, ?> vectors = (Map<?, ?>) golden("json_encoding.json");
        List<?> cases = (List<?>) Objects.requireNonNull(vectors.get("cases"));
        assertThat(cases).hasSizeGreaterThan(5);
        for (Object each : cases) {
            Map<?, ?> vector = (Map<?, ?>) each;
            StringBuilder text = new StringBuilder();
            for (Object point : (List<?>) Objects.requireNonNull(vector.get("codepoints"))) {
                text.appendCodePoint(((Long) point).intValue());
            }
            String written = new String(Json.write(text.toString()), StandardCharsets.US_ASCII);
            assertThat(written).as("%s", vector.get("name")).isEqualTo(vector.get("json_text"));
            assertThat(Json.read(bytes(written))).isEqualTo(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, -2, 1.5, 0.1, 1e+300, true, false, null], \"b\": {}, \"c\": []}",
                "123456789012345678901234567890",
                "1.00000000000000000000000001",
                "NaN",
                "-Infinity",
                "[Infinity]",
                "\"</script>\""
            })
    void values_come_out_as_they_went_in(String text) throws MalformedJson {
        assertThat(rewritten(text)).isEqualTo(text);
    }

    @Test
    void white_space_goes_and_of_one_name_the_last_value_stays_at_the_first_place() throws MalformedJson {
        assertThat(rewritten("\n{\"a\":1 ,\t\"b\":[ ],\"a\":{\"c\":2}}\n")).isEqualTo("{\"a\": {\"c\": 2}, \"b\": []}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "{\"a\": ",
                "[1,]",
                "{\"a\": 1}}",
                "1 2",
                "\"\u0001\"",
                "'a'",
                "{a: 1}",
                "\uFEFF{}",
                "\"FAKE-AT-secret",
                "FAKE-AT-secret",
                "[01]"
            })
    void what_is_not_json_is_refused_without_quoting_it(String text) {
        assertThatThrownBy(() -> Json.read(bytes(text)))
                .isInstanceOf(MalformedJson.class)
                .hasNoCause()
                .hasMessageNotContaining("FAKE");
    }

    @Test
    void fractions_too_long_or_too_large_for_their_digits_are_read_as_python_reads_them() throws MalformedJson {
        assertThat(rewritten("[1e99999999999, -1e99999999999, 1e-99999999999]"))
                .isEqualTo("[Infinity, -Infinity, 0.0]");
        for (String each : List.of("1".repeat(990) + "e-5", "1".repeat(995) + "e5", "0." + "1".repeat(990))) {
            assertThat(rewritten(rewritten(each))).isEqualTo(rewritten(each));
        }
    }

    @Test
    void other_encodings_and_deep_nesting_are_refused() throws MalformedJson {
        assertThatThrownBy(() -> Json.read("{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xc3, '"'})).isInstanceOf(MalformedJson.class);
        assertThat(Json.read(bytes("[".repeat(100) + "]".repeat(100)))).isNotNull();
        assertThatThrownBy(() -> Json.read(bytes("[".repeat(101) + "]".repeat(101))))
                .isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> Json.read(bytes("[".repeat(1_000_000)))).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> Json.read(bytes("9".repeat(100_000)))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void what_could_not_be_read_again_is_not_written() {
        Object deep = "core";
        for (int i = 0; i < 100; i++) {
            deep = List.of(deep);
        }
        Object deepest = deep;
        assertThat(Json.write(deep)).hasSize(206);
        assertThatThrownBy(() -> Json.write(Map.of("k", deepest))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IllegalArgumentException.class);
        BigInteger large = BigInteger.TEN.pow(1000);
        Map<String, @Nullable Object> half = Map.of("half \ud83d", 1L);
        for (Object each : List.of(large, half, List.of(half))) {
            assertThatThrownBy(() -> Json.write(each)).isInstanceOf(IllegalArgumentException.class);
        }
        TokenData data = TokenData.bearer("rs", Secret.of("at"), Expiry.never());
        Map<String, @Nullable Object> extra = Map.of("deep", deep, "large", large, "in", List.of(half), "flat", 1L);
        assertThat(TokenObject.write(data.withExtra(extra).withExtra(extra), null))
                .containsKey("flat")
                .doesNotContainKeys("deep", "large", "in");
        assertThat(TokenObject.write(data.withExtra(half), null)).doesNotContainKey("half \ud83d");
    }

    @Test
    void what_is_written_is_read_again_however_long() throws MalformedJson {
        for (Object each : List.of(
                Map.of("n".repeat(100_000), "s".repeat(100_000)), BigInteger.TEN.pow(999), "half \ud83d", "\ude00")) {
            assertThat(Json.read(Json.write(each))).isEqualTo(each);
        }
    }

    @Test
    @DisplayName("43: token objects are good where the Python library says so, but true is no time and none is needed")
    void token_objects_are_good_where_the_python_library_says_so() throws Exception {
        for (Object each : (List<?>) golden("token_data_validation.json")) {
            Map<?, ?> vector = (Map<?, ?>) each;
            Map<?, ?> input = (Map<?, ?>) Objects.requireNonNull(vector.get("input"));
            if (input.get("expires_at_seconds") instanceof Boolean) {
                assertThat(TokenObject.flaw(input)).as("true is no time").isNotNull();
            } else if (input.get("expires_at_seconds") == null) {
                // So the second generation says; the first looks at no field.
                assertThat(vector.get("error")).as("%s", input).isNotNull();
                assertThat(TokenObject.flaw(input)).as("%s", input).isNull();
                assertThat(TokenObject.read("rs", input).expiry()).isEqualTo(Expiry.never());
            } else if (vector.get("error") != null) {
                assertThat(TokenObject.flaw(input)).as("%s", input).isNotNull();
            } else {
                assertThat(TokenObject.flaw(input)).as("%s", input).isNull();
                TokenData read = TokenObject.read("rs", input);
                assertThat(read.accessToken().reveal()).isEqualTo(input.get("access_token"));
            }
        }
    }

    @Test
    @DisplayName("43: the time of an expiry may be any integer")
    void the_time_of_an_expiry_may_be_any_integer() throws MalformedJson {
        for (String each : List.of("-5", "0", "1000000000000000000", "9".repeat(30), "-" + "9".repeat(30))) {
            Map<?, ?> object =
                    Json.readObject(bytes("{\"resource_server\": \"rs\", \"scope\": \"\", \"access_token\": \"a\","
                            + " \"expires_at_seconds\": " + each + "}"));
            assertThat(TokenObject.flaw(object)).isNull();
            boolean late = new BigInteger(each).signum() > 0;
            assertThat(TokenObject.read("rs", object).expiry().end().isEmpty()).isEqualTo(late);
        }
    }
}
