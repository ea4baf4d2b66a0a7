package io.github.evergrant.renewal;

import static io.github.evergrant.renewal.Stage.TRANSFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.testing.FailingStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A medium that fails for a moment, and a provider without grace: the answer exists once. */
final class FailingMediumTest {

    private FailingStorage medium;
    private Stage stage;

    @BeforeEach
    void logIn(@TempDir Path folder) {
        medium = new FailingStorage(Stage.open(folder, "tokens"));
        stage = new Stage(folder, medium);
        stage.login(TRANSFER);
        stage.spend();
    }

    @AfterEach
    void land() {
        stage.close();
    }

    @Test
    void an_answer_that_could_be_written_nowhere_is_written_a_moment_later() {
        medium.fail(1, 2);
        Obtained obtained = stage.renewal().obtain(TRANSFER, Demand.GOOD_NOW);
        assertThat(medium.failed()).isEqualTo(2);
        assertThat(stage.stored(TRANSFER))
                .isEqualTo(obtained.data().accessToken().reveal())
                .isNotEqualTo("access-2");
        assertThat(obtained.warning()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0,1", "0,3", "1,1", "1,3", "1,4", "1,5", "2,1", "2,2", "2,3", "2,4", "3,1", "3,2", "3,3", "4,1", "4,2", "5,1"
    })
    void whichever_write_fails_nothing_is_lost(int after, int times) {
        medium.fail(after, times);
        try {
            stage.renewal().obtain(TRANSFER, Demand.GOOD_NOW);
        } catch (StorageFailure e) {
            assertThat(after)
                    .as("only an intent that cannot be written is a reason")
                    .isZero();
        }
        medium.fail(0, 0);
        stage.spend();
        assertThat(stage.accessToken(TRANSFER)).isEqualTo(stage.stored(TRANSFER));
        assertThat(stage.provider.reuses).isZero();
    }
}
