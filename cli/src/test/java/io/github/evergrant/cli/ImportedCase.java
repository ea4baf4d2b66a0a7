package io.github.evergrant.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A login of globus-cli beside our own sessions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImportedCase {

    static final String PERSON = "11111111-2222-4333-8444-555555555555";

    @AutoClose
    final Play play = new Play();

    @TempDir
    Path home;

    Shell shell;

    @BeforeEach
    void reset() {
        play.reset();
        shell = play.shell(home);
    }

    /** globus-cli's database after a login, with a client that the sandbox knows. */
    Path globusCli(String namespace) {
        return globusCli(namespace, 900);
    }

    Path globusCli(String namespace, int seconds) {
        Path database = home.resolve(".globus/cli/storage.db");
        if (Files.notExists(database)) {
            GlobusPrograms.database(database);
        }
        GlobusPrograms.keep(
                database, namespace, play.grantGroups(Play.CONFIDENTIAL_CLIENT, seconds), shell.clock.instant());
        GlobusPrograms.keepClient(database, namespace, Play.CONFIDENTIAL_CLIENT, Play.CONFIDENTIAL_SECRET, PERSON);
        return database;
    }

    Ran imported(String... more) {
        String[] words = {"sessions", "import", "--from", "globus-cli"};
        return shell.run(Shell.words(words, more)).exits(0);
    }
}
