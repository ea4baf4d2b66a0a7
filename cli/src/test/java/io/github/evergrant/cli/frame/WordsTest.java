package io.github.evergrant.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How durations, times, tables, JSON and hostile text are read and written. */
final class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "60s,PT1M",
        "5m,PT5M",
        "1h,PT1H",
        "2d,PT48H",
        "250ms,PT0.25S",
        "90,PT1M30S",
        "PT15M,PT15M",
        "0,PT0S",
        "1H,PT1H"
    })
    void durations_are_read_as_people_write_them(String text, String expected) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5s", "5 m", "1.5h", "PT-5S", "99999999999999999s", "5x", "999999999999d"})
    void anything_else_is_no_duration(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no length of time");
    }

    @ParameterizedTest
    @CsvSource({"0,now", "40,in 40 s", "-40,40 s ago", "740,in 12 min", "7200,in 2 h", "-200000,2 days ago"})
    void times_are_told_relatively(long seconds, String expected) {
        Instant now = Instant.parse("2026-11-21T22:00:00Z");

        assertThat(Times.relative(now.plusSeconds(seconds), now)).isEqualTo(expected);
    }

    @Test
    void a_table_has_aligned_columns_and_nothing_that_acts_on_a_terminal() {
        Table table = new Table("NAME", "STATE").row("a\u001b[2J", "fresh").row("long name here", "spent");

        assertThat(table.lines())
                .containsExactly("NAME            STATE", "a\\u001b[2J      fresh", "long name here  spent");
    }

    @Test
    void what_cannot_be_seen_is_written_out() {
        assertThat(Printable.text("a\u202eb\r\n\u0007é€\ud83d\ude00\u2028"))
                .isEqualTo("a\\u202eb\\u000d\\u000a\\u0007é€\ud83d\ude00\\u2028");
        assertThat(Printable.isClean("a b é")).isTrue();
        assertThat(Printable.isClean("a\tb")).isFalse();
    }

    @Test
    void json_is_ascii_on_one_line() {
        assertThat(JsonLine.of(Map.of("a", List.of(1, true, "q\"\\\n\u001bé", Map.of()))))
                .isEqualTo("{\"a\":[1,true,\"q\\\"\\\\\\u000a\\u001b\\u00e9\",{}]}");
    }

    @Test
    void words_can_be_typed_into_a_shell() {
        assertThat(ShellWords.line(List.of("evergrant", "-s", "it's a tour", "", "$HOME")))
                .isEqualTo("evergrant -s 'it'\\''s a tour' '' '$HOME'");
    }
}
