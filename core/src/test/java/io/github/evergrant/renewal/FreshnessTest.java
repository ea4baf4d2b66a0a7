package io.github.evergrant.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a token turns, to the nanosecond. */
final class FreshnessTest {

    private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT1H, PT1M, FRESH", "PT1H, PT59.999999999S, SPENT", "PT1H, PT0S, SPENT", "PT1H, PT-1S, SPENT",
        "PT1M, PT12S, FRESH", "PT1M, PT11.999999999S, SPENT", "PT1S, PT0.2S, FRESH", "PT1S, PT0.199999999S, SPENT",
    })
    void a_token_turns_at_its_margin(Duration lifetime, Duration before, Freshness expected) {
        assertThat(judge(lifetime, before, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"PT60S, FRESH", "PT59.999999999S, SPENT", "PT1H, FRESH"})
    @DisplayName("47: a token of unknown birth has a margin of a minute, and does not age")
    void a_token_of_unknown_birth_has_a_margin_of_a_minute_and_does_not_age(Duration before, Freshness expected) {
        TokenData data = token("foreign", BORN.plusSeconds(3600));
        Instant now = BORN.plusSeconds(3600).minus(before);
        assertThat(Freshness.of(data, null, true, now)).isEqualTo(expected);
    }

    @Test
    void a_token_without_an_end_is_fresh_for_ever() {
        TokenData data = TokenData.bearer("rs", Secret.of("x"), Expiry.never());
        assertThat(Freshness.of(data, BORN, true, Instant.MAX)).isEqualTo(Freshness.FRESH);
    }

    @Test
    void aging_begins_between_70_and_90_percent_of_life_and_spreads() {
        Duration lifetime = Duration.ofHours(10);
        int early = 0;
        for (int i = 0; i < 1000; i++) {
            TokenData data = token("token-" + i, BORN.plus(lifetime));
            assertThat(Freshness.of(
                            data,
                            BORN,
                            true,
                            BORN.plus(lifetime.multipliedBy(70).dividedBy(100)).minusMillis(1)))
                    .isEqualTo(Freshness.FRESH);
            assertThat(Freshness.of(
                            data,
                            BORN,
                            true,
                            BORN.plus(lifetime.multipliedBy(90).dividedBy(100)).plusMillis(1)))
                    .isEqualTo(Freshness.AGING);
            Instant middle = BORN.plus(lifetime.multipliedBy(80).dividedBy(100));
            early += Freshness.of(data, BORN, true, middle) == Freshness.AGING ? 1 : 0;
        }
        assertThat(early).isBetween(400, 600);
    }

    @Test
    void a_clock_that_went_back_makes_a_token_age_rather_than_live_for_ever() {
        TokenData data = token("x", BORN.plusSeconds(3600));
        assertThat(Freshness.of(data, BORN, true, BORN.minusSeconds(10))).isEqualTo(Freshness.AGING);
    }

    @Test
    void what_is_fresh_until_an_instant_is_fresh_at_it_and_not_long_after() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            Duration lifetime = Duration.ofSeconds(1 + random.nextInt(100_000));
            TokenData data = token("token-" + i, BORN.plus(lifetime));
            Instant until = Freshness.freshUntil(data, BORN, true);
            assertThat(Freshness.of(data, BORN, true, until.minusMillis(1))).isEqualTo(Freshness.FRESH);
            assertThat(Freshness.of(data, BORN, true, until.plusMillis(2))).isNotEqualTo(Freshness.FRESH);
        }
    }

    private static Freshness judge(Duration lifetime, Duration before, boolean ages) {
        Instant end = BORN.plus(lifetime);
        return Freshness.of(token("x", end), BORN, ages, end.minus(before));
    }

    private static TokenData token(String access, Instant end) {
        return TokenData.bearer("rs", Secret.of(access), Expiry.at(end));
    }
}
