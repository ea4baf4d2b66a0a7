package io.github.evergrant.renewal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test on a stage of its own, which is cleared before its folder goes. */
abstract class StagedTest {

    Stage stage;

    @BeforeEach
    void build(@TempDir Path folder) {
        stage = new Stage(folder);
    }

    @AfterEach
    void clear() {
        stage.close();
    }
}
