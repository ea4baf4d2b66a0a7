package io.github.evergrant.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpatiaFiTalkTest {

    @ParameterizedTest
    @DisplayName("spatiafi 5: what is left is told in minutes and seconds, as the tutorial counts them")
    @CsvSource({
        "839,0,'13 minutes, 59 seconds'",
        "839,999,'13 minutes, 59 seconds'",
        "839,1000,'13 minutes, 58 seconds'",
        "60,0,'1 minutes, 0 seconds'",
        "4000,0,'66 minutes, 40 seconds'",
        "5,9000,'0 minutes, 0 seconds'"
    })
    void what_is_left_is_told_in_minutes_and_seconds(long seconds, long laterMillis, String words) {
        Instant now = Instant.ofEpochSecond(1_795_296_460);

        assertThat(SpatiaFiTalk.left(now.plusSeconds(seconds), now.plusMillis(laterMillis)))
                .isEqualTo(words);
    }
}
