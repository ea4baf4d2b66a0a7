package io.github.evergrant.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A shell at the sandbox's tastytrade, and the ways to log in there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TastytradeCase {

    @AutoClose
    final Play play = new Play();

    @TempDir
    Path home;

    Shell shell;

    @BeforeEach
    void reset() {
        play.reset();
        shell = play.shell(home).with("EVERGRANT_PASSWORD", "demo-password");
    }

    final Ran byPassword(String... more) {
        return login("demo", more);
    }

    final Ran login(String user, String... more) {
        shell.with("EVERGRANT_PASSWORD", user + "-password");
        return shell.run(Shell.words(new String[] {"login", "tastytrade", "--password", "--username", user}, more));
    }

    final Ran byGrant(String user, String... more) {
        return shell.runWith(
                play.grantTastytrade(user, "production"),
                Shell.words(new String[] {"login", "tastytrade", "--refresh-token-stdin"}, more));
    }

    final int requests(String kind) {
        return play.requests("tastytrade", kind);
    }
}
