package io.github.evergrant.storage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonOutlineTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonOutline outline(String text) {
        return Objects.requireNonNull(JsonOutline.of(bytes(text), "data"));
    }

    private static String text(JsonOutline outline) {
        return new String(outline.text(), StandardCharsets.US_ASCII);
    }

    private static @Nullable Object read(JsonOutline outline, String name) throws MalformedJson {
        return outline.read(name, (depth, each) -> true).get(name);
    }

    @Test
    void what_is_not_changed_stays_as_it_stands() {
        JsonOutline outline = outline("{\"x\": 1.50, \"data\": {\"a\": { \"k\":1 }, \"b\": null}, \"v\": \"1\"}");
        assertThat(text(outline.with("a", Map.of("k", 2L))))
                .isEqualTo("{\"x\": 1.50, \"data\": {\"a\": {\"k\": 2}, \"b\": null}, \"v\": \"1\"}");
        assertThat(text(outline.with("b", 7L)))
                .isEqualTo("{\"x\": 1.50, \"data\": {\"a\": { \"k\":1 }, \"b\": 7}, \"v\": \"1\"}");
        assertThat(text(outline.with("c", List.of())))
                .isEqualTo("{\"x\": 1.50, \"data\": {\"a\": { \"k\":1 }, \"b\": null, \"c\": []}, \"v\": \"1\"}");
        assertThat(text(outline.without("a"))).isEqualTo("{\"x\": 1.50, \"data\": {\"b\": null}, \"v\": \"1\"}");
        assertThat(text(outline.without("b"))).isEqualTo("{\"x\": 1.50, \"data\": {\"a\": { \"k\":1 }}, \"v\": \"1\"}");
        assertThat(text(outline.without("a").without("b"))).isEqualTo("{\"x\": 1.50, \"data\": {}, \"v\": \"1\"}");
        assertThat(text(outline.withValue("v", "23")))
                .isEqualTo("{\"x\": 1.50, \"data\": {\"a\": { \"k\":1 }, \"b\": null}, \"v\": \"23\"}");
    }

    @Test
    void what_stands_there_already_is_not_written_again() {
        JsonOutline outline = outline("{\"data\": {\"a\": {\"k\": 1}}, \"v\": \"1\"}");
        assertThat(outline.with("a", Map.of("k", 1L))).isSameAs(outline);
        assertThat(outline.withValue("v", "1")).isSameAs(outline);
        assertThat(outline.without("b")).isSameAs(outline);
    }

    @Test
    void members_are_read_one_by_one() throws Exception {
        JsonOutline outline =
                outline("{\"data\": {\"a\": {\"k\": {\"l\": 1}, \"m\": 2}, \"b\\u00e9\": -1.5e3, \"n\": NaN},"
                        + " \"v\": \"1\", \"w\": [ {} ]}");
        assertThat(outline.names()).containsExactly("a", "bé", "n");
        assertThat(outline.read("a", (depth, name) -> depth != 1 || name.equals("m")))
                .isEqualTo(Map.of("a", Map.of("k", Json.SKIPPED, "m", 2L)));
        assertThat(Json.text(read(outline, "bé"))).isEqualTo("-1.5e+3");
        assertThat(read(outline, "n")).isEqualTo(Double.NaN);
        assertThat(outline.read("b", (depth, name) -> true)).isEmpty();
        assertThat(outline.has("b")).isFalse();
        assertThat(outline.value("w")).isEqualTo(List.of(Map.of()));
        assertThat(outline.value("x")).isNull();
        assertThat(outline.holds("v", "1")).isTrue();
        assertThat(outline.holds("v", "2")).isFalse();
        assertThat(outline.holds("x", "1")).isFalse();
        assertThat(outline).hasToString("outline of " + outline.text().length + " bytes");
        assertThatThrownBy(() -> outline.withValue("x", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1, 2]",
                "{\"data\": []}",
                "{\"more\": {}}",
                "{\"data\": {}} 1",
                "{\"data\": {\"b\": {\"x\" 1}}}",
                "{\"data\": {\"b\": {\"x\": \"\u0001\"}}}",
                "{\"data\": {\"b\": \"é\"}}",
                "{\"data\": {}, \"a\": 1, \"a\": 2}",
                "{\"data\": {\"a\": 1, \"\\u0061\": 2}}",
                "{\"data\": {\"\\u0061\": 1}}",
                "{\"data\": {\"\\/\": 1}}",
                "{\"data\": {\"\u007f\": 1}}",
                "{\"d\\u0061ta\": {}}",
                " {\"data\": {}}",
                "{\"data\": {}}\n",
                "{\"data\": {} }",
                "{\"data\": { }}",
                "{ \"data\": {}}",
                "{\"data\" : {}}",
                "{\"data\":{}}",
                "{\"data\":  {}}",
                "{\"data\": {\"a\": 1 }}",
                "{\"data\": {\"a\":\n1}}",
                "{\"data\": {\"a\": 1,\"b\": 2}}",
                "{\"data\": {\"a\": 1 , \"b\": 2}}",
                "{\"data\": {\"a\": 1,\n \"b\": 2}}",
                "{\"data\": {}, \"a\":1}"
            })
    void what_it_does_not_see_through_has_none(String text) {
        assertThat(JsonOutline.of(bytes(text), "data")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "-",
                "1e99999999999",
                "NaN",
                "-Infinity",
                "INF",
                "nan",
                "tru",
                "nul",
                "TRUE",
                "'a'",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\"}",
                "/* c */1",
                "// c\n1",
                "# c\n1",
                "1 2",
                "]",
                "\u000b1",
                "\"\\x41\"",
                "\"\\u12G4\"",
                "\"\\u12\"",
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\t\"",
                "\"\u007f\"",
                "\"\u0000\"",
                "{\"\\ud83d\":1}",
                "{\"\\ude00\":1}",
                "{\"\\ud83d\\ude00\":1}",
                "{\"\\ud83dx\":1}",
                "{\"\\ude00\\ud83d\":1}",
                "{\"\\u0000\":1}",
                "{\"\u0001\":1}",
                "{\"\\x\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":}",
                "\u00001",
                "{\"a\"\u0000:1}"
            })
    void it_has_an_outline_only_if_it_is_json_and_then_says_the_same(String value) throws Exception {
        for (String text : List.of(
                "{\"data\": {\"a\": " + value + ", \"b\": {}}}",
                "{\"data\": {\"a\": [" + value + "], \"b\": " + value + "}, \"c\": 1}",
                "{\"data\": {}, \"x\": " + value + "}",
                "{\"x\": {\"y\": " + value + "}, \"data\": {\"a\": {\"deep\": {\"deeper\": " + value + "}}}}")) {
            JsonOutline outline = JsonOutline.of(bytes(text), "data");
            Map<String, @Nullable Object> all;
            try {
                all = Json.readObject(bytes(text));
            } catch (MalformedJson e) {
                assertThat(outline).as("%s", text).isNull();
                continue;
            }
            assertThat(outline).as("%s", text).isNotNull();
            if (outline != null) {
                assertThat(outline.value("data")).isEqualTo(all.get("data"));
                assertThat(outline.value("x")).isEqualTo(all.get("x"));
                assertThat(Json.text(read(outline, "a")))
                        .isEqualTo(Json.text(((Map<?, ?>) Objects.requireNonNull(all.get("data"))).get("a")));
            }
        }
    }

    @Test
    void other_encodings_have_none() {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(JsonOutline.of("{\"data\": {}}".getBytes(charset), "data"))
                    .isNull();
        }
        assertThat(JsonOutline.of(bytes("\uFEFF{\"data\": {}}"), "data")).isNull();
        String deep = "[".repeat(99) + "]".repeat(99);
        assertThat(JsonOutline.of(bytes("{\"data\": {}, \"d\": " + deep + "}"), "data"))
                .isNotNull();
        assertThat(JsonOutline.of(bytes("{\"data\": {}, \"d\": [" + deep + "]}"), "data"))
                .isNull();
    }

    private static final List<String> NAMES = List.of("a", "b", "a b", "\"", "\\", "é", "😀", "", "data", "a\": {");
    private static final List<String> VALUES = List.of(
            "{}", "[ ]", "1", "-0.5", "true", "null", "\"}\"", "\"\\\\\\\"\"", "{\"a\": {\"b\": [{}]}}", "Infinity");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void any_changes_give_the_same_as_in_a_map(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<String> members = new ArrayList<>(List.of("\"data\": {}"));
            for (int i = random.nextInt(4); i > 0; i--) {
                members.add(random.nextInt(members.size() + 1), "\"x" + i + "\": " + any(random));
            }
            JsonOutline outline = outline("{" + String.join(", ", members) + "}");
            Map<String, @Nullable Object> all = Json.readObject(outline.text());
            Map<String, @Nullable Object> expected = new LinkedHashMap<>();
            all.put("data", expected);
            for (int i = 0; i < 20; i++) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                if (random.nextInt(3) == 0) {
                    outline = outline.without(name);
                    expected.remove(name);
                } else if (random.nextInt(5) == 0 && all.containsKey("x1")) {
                    outline = outline.withValue("x1", i);
                    all.put("x1", (long) i);
                } else {
                    Object value = Json.read(bytes(any(random)));
                    outline = outline.with(name, value);
                    expected.put(name, value);
                }
                assertThat(Json.text(Json.read(outline.text())))
                        .as("seed %s", seed)
                        .isEqualTo(Json.text(all));
                assertThat(outline.names()).containsExactlyElementsOf(expected.keySet());
                for (Map.Entry<String, @Nullable Object> each : expected.entrySet()) {
                    assertThat(read(outline, each.getKey())).isEqualTo(each.getValue());
                }
                // As it is known after the changes it is found when it is read anew.
                assertThat(outline(text(outline)).names()).isEqualTo(outline.names());
            }
        }
    }

    private static String any(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
