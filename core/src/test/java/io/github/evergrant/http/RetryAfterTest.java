package io.github.evergrant.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "60, 60", "' 7 ', 7", "999999999999, 86400"})
    @DisplayName("92, W11: seconds count from the request and are capped at a day")
    void seconds_count_from_the_request_and_are_capped_at_a_day(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).contains(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "1.5", "1_0", "\u0665", "soon", "99999999999999999999"})
    @DisplayName("92, W11: a negative number, and whatever is no time, counts as nothing said")
    void what_is_no_time_counts_as_nothing_said(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Thu, 01 Jan 2026 00:01:00 GMT", "Thursday, 01-Jan-26 00:01:00 GMT", "Thu Jan  1 00:01:00 2026"})
    @DisplayName("92, W11: all three formats of an HTTP date are read")
    void all_three_formats_of_an_http_date_are_read(String header) {
        assertThat(RetryAfter.parse(header, NOW)).contains(NOW.plusSeconds(60));
    }

    @Test
    void a_date_in_the_far_future_is_capped() {
        assertThat(RetryAfter.parse("Tue, 01 Jan 2126 00:00:00 GMT", NOW)).contains(NOW.plus(Duration.ofDays(1)));
    }
}
