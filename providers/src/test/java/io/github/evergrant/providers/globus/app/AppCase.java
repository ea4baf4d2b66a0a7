package io.github.evergrant.providers.globus.app;

import io.github.evergrant.providers.globus.PlayedGlobus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of an app, each on a stage of its own; a class shares one sandbox. */
abstract class AppCase {

    static PlayedGlobus globus;

    AppStage stage;

    @BeforeAll
    static void play() {
        globus = PlayedGlobus.ready();
    }

    @AfterAll
    static void end() {
        globus.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        stage = new AppStage(folder, globus);
    }

    @AfterEach
    void close() {
        stage.close();
    }
}
