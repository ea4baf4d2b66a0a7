package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.token.TokenData;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that answers a used refresh token again for a while, and ends the session when it comes later. */
final class GraceTest extends StagedTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Function<TokenData, Outcome> dropped = current -> new Outcome.Unanswered("dropped");
    private final Function<TokenData, Outcome> busy = current -> new Outcome.Unavailable("status 503", null);

    /** When it last acted on a refresh token that it had not seen before. */
    private @Nullable Instant acted;

    @BeforeEach
    void logIn() {
        stage.provider.grace = true;
        stage.login(TRANSFER);
        stage.spend();
    }

    private Outcome acts(TokenData current) {
        int before = stage.provider.reuses;
        Outcome outcome = stage.provider.renew(current);
        if (stage.provider.reuses == before) {
            acted = stage.clock.instant();
        } else if (acted == null || stage.clock.instant().isAfter(acted.plus(GRACE))) {
            return new Outcome.Refused("invalid_grant", "used long ago");
        }
        return outcome;
    }

    private void next(int times, Function<TokenData, Outcome> answer) {
        for (int i = 0; i < times; i++) {
            stage.provider.next(answer);
        }
    }

    /** A caller that comes again exactly when it was told to. */
    private String persistently() {
        while (true) {
            try {
                return stage.accessToken(TRANSFER);
            } catch (TemporarilyUnavailable | ProviderRefused e) {
                Instant until = stage.records
                        .standing(stage.clock.instant())
                        .orElseThrow()
                        .coolingUntil();
                if (until != null) {
                    stage.clock.forward(
                            Duration.between(stage.clock.instant(), until).plusMillis(1));
                }
            }
        }
    }

    private Duration coolDown() {
        Instant until =
                stage.records.standing(stage.clock.instant()).orElseThrow().coolingUntil();
        return until == null ? Duration.ZERO : Duration.between(stage.clock.instant(), until);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("CoolDownEndsWithinGrace: a long outage before does not make the lost answer's cool-down longer")
    void cool_down_ends_within_grace(boolean known) {
        stage.provider.reuseGrace = known ? GRACE : null;
        // With ten failures on record, a cool-down would be fifteen to thirty seconds long.
        next(known ? 10 : 3, known ? busy : dropped);
        next(1, current -> {
            acts(current);
            return new Outcome.Unanswered("dropped after the work");
        });
        next(1, dropped);
        stage.provider.otherwise = this::acts;
        assertThat(persistently()).isEqualTo(stage.stored(TRANSFER)).isNotEqualTo("access-2");
    }

    @Test
    void several_tries_fall_into_the_grace_whatever_the_trouble_is() {
        stage.provider.reuseGrace = GRACE;
        next(1, current -> {
            acts(current);
            return new Outcome.Unavailable("status 504", null);
        });
        next(2, dropped);
        next(1, busy);
        next(1, current -> new Outcome.Refused("http_400", ""));
        next(1, busy);
        stage.provider.otherwise = this::acts;
        assertThat(persistently()).isEqualTo(stage.stored(TRANSFER)).isNotEqualTo("access-2");
    }

    @Test
    void without_grace_a_provider_in_trouble_is_left_alone_longer_each_time() {
        stage.provider.reuseGrace = Duration.ZERO;
        next(6, busy);
        failAndCoolDown(6);
        assertThat(coolDown()).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(30));
    }

    @Test
    void with_an_unknown_grace_the_first_tries_are_prompt_and_later_ones_spare_the_provider() {
        next(40, busy);
        for (Instant end = stage.clock.instant().plus(GRACE);
                stage.clock.instant().isBefore(end); ) {
            failAndCoolDown(1);
            assertThat(coolDown()).isLessThanOrEqualTo(Duration.ofMillis(2500));
            stage.clock.forward(coolDown().plusMillis(1));
        }
        // The grace counts from the first sending, which was a moment after the start.
        stage.clock.forward(Duration.ofSeconds(1));
        failAndCoolDown(1);
        assertThat(coolDown()).isGreaterThan(Duration.ofSeconds(10));
    }

    @Test
    void the_server_may_ask_for_more_than_its_grace() {
        stage.provider.reuseGrace = GRACE;
        Instant later = stage.clock.instant().plusSeconds(120);
        next(1, current -> new Outcome.Unavailable("status 429", later));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER))
                .isInstanceOfSatisfying(
                        TemporarilyUnavailable.class,
                        e -> assertThat(e.retryAt()).contains(later));
    }

    @Test
    void an_answer_is_waited_for_only_so_long_that_it_can_be_asked_for_again() {
        stage.provider.reuseGrace = GRACE;
        next(2, dropped);
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(TemporarilyUnavailable.class);
        assertThat(stage.provider.deadlines)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).isBetween(Duration.ofSeconds(5), Duration.ofMillis(7500)));
        stage.provider.reuseGrace = Duration.ZERO;
        stage.clock.forward(Duration.ofMinutes(1));
        stage.accessToken(TRANSFER);
        assertThat(stage.provider.deadlines.get(2)).isGreaterThan(Duration.ofMillis(7500));
    }

    @Test
    void a_refused_connection_neither_makes_nor_ends_a_doubt() {
        next(1, current -> new Outcome.Unreached("connection refused"));
        failAndCoolDown(1);
        assertThat(stage.journal().intent).isNull();
        next(2, dropped);
        stage.clock.forward(Duration.ofSeconds(2));
        failAndCoolDown(1);
        Instant since = inDoubt();
        assertThat(since).isNotNull();
        for (Function<TokenData, Outcome> each : java.util.List.<Function<TokenData, Outcome>>of(
                current -> new Outcome.Unreached("connection refused"), busy)) {
            next(1, each);
            stage.clock.forward(Duration.ofSeconds(31));
            failAndCoolDown(1);
            assertThat(inDoubt()).isEqualTo(since);
        }
        stage.clock.forward(Duration.ofSeconds(31));
        stage.accessToken(TRANSFER);
        assertThat(inDoubt()).isNull();
    }

    @Test
    void an_answer_with_a_status_leaves_nobody_in_doubt() {
        next(1, busy);
        failAndCoolDown(1);
        assertThat(inDoubt()).isNull();
        assertThat(stage.journal().intent).isNotNull();
    }

    @Test
    void an_outage_does_not_shorten_the_life_of_the_token_that_ends_it() {
        next(3, busy);
        for (int i = 0; i < 3; i++) {
            failAndCoolDown(1);
            stage.clock.forward(Duration.ofMinutes(10));
        }
        Obtained obtained = stage.renewal().obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(obtained.freshness()).isEqualTo(Freshness.FRESH);
        assertThat(obtained.data().expiry().end().orElseThrow())
                .isAfter(stage.clock.instant().plus(Duration.ofMinutes(13)));
    }

    @Test
    void a_dead_session_is_still_dead() {
        stage.provider.reuseGrace = GRACE;
        next(2, current -> new Outcome.Refused("invalid_grant", ""));
        assertThatThrownBy(() -> stage.accessToken(TRANSFER)).isInstanceOf(LoginRequired.class);
    }

    private @Nullable Instant inDoubt() {
        return stage.records.standing(stage.clock.instant()).orElseThrow().inDoubt();
    }

    /** Asks until so many failures are on record, and waits for no cool-down. */
    private void failAndCoolDown(int failures) {
        for (int i = 0; i < failures; i++) {
            stage.clock.forward(coolDown().plusMillis(1));
            assertThatThrownBy(() -> stage.renewal().obtain(TRANSFER, Demand.GOOD_NOW))
                    .isInstanceOf(TemporarilyUnavailable.class);
        }
    }
}
