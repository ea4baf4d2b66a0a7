package io.github.evergrant.cli.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedFailuresTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final LoginFailed denied = new LoginFailed(Problem.of("login_denied", "Globus did not grant access")
            .withAdvice("start again")
            .withSession("tour")
            .withProviderCode("access_denied"));

    @TempDir
    private Path folder;

    private SharedFailures failures;

    @BeforeEach
    void open() {
        failures = new SharedFailures(folder, "key");
    }

    @Test
    void a_failure_is_told_to_those_who_began_before_it_as_it_was() {
        failures.note(denied, NOW);

        assertThat(failures.between(NOW.minusMillis(1), NOW).orElseThrow().problem())
                .isEqualTo(denied.problem());
        assertThat(failures.between(NOW, NOW.plusSeconds(1))).isEmpty();
        assertThat(new SharedFailures(folder, "another").between(NOW.minusMillis(1), NOW))
                .isEmpty();
    }

    @Test
    void one_that_lies_in_the_future_is_nobodys() {
        failures.note(denied, NOW.plusSeconds(3600));

        assertThat(failures.between(NOW.minusSeconds(1), NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login_timed_out", "interrupted"})
    void how_long_to_wait_is_each_ones_own(String code) {
        failures.note(new LoginFailed(Problem.of(code, "nobody came")), NOW);

        assertThat(failures.between(NOW.minusSeconds(1), NOW)).isEmpty();
    }

    @Test
    void so_is_a_disk_in_trouble() {
        failures.note(new StorageFailure(Problem.of("disk_full", "there is no room")), NOW);

        assertThat(failures.between(NOW.minusSeconds(1), NOW)).isEmpty();
    }

    @Test
    void what_is_forgotten_is_not_told() {
        failures.note(denied, NOW);
        failures.forget();

        assertThat(failures.between(NOW.minusSeconds(1), NOW)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
