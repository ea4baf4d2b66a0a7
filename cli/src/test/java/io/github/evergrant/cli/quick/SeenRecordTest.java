package io.github.evergrant.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeenRecordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2000-02-29T23:59:59.999999999Z",
                "2024-02-29T00:00:00.5Z",
                "2026-12-31T12:34:56Z",
                "2100-03-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void reads_an_instant_as_it_was_written(String text) {
        assertThat(SeenRecord.epochSecond(text)).isEqualTo(Instant.parse(text).getEpochSecond());
    }

    @Test
    void says_no_token() {
        SeenRecord record = new SeenRecord("secret-a", "secret-b", 7, null);
        assertThat(record.toString()
                        + new SeenStore("tour", Map.of("x", record))
                        + new SeenSession("tour", null, Map.of("x", record), null))
                .doesNotContain("secret");
    }

    @Test
    void reads_any_instant_as_it_was_written() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1_000_000_000));
            assertThat(SeenRecord.epochSecond(instant.toString())).isEqualTo(instant.getEpochSecond());
        }
    }
}
