package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProvidersCommandTest {

    @TempDir
    private Path home;

    @Test
    void lists_who_one_can_log_in_with() {
        Shell shell = new Shell(home);

        shell.run("providers", "list")
                .isQuiet()
                .prints("PROVIDER    NAME        ENVIRONMENTS\nagave       Agave       tacc.prod, ")
                .prints("\nglobus      Globus      production, ")
                .prints("\nspatiafi    SpatiaFi    production\n");
        shell.run("providers", "list", "--json")
                .isQuiet()
                .prints(
                        "{\"schema\":1,\"providers\":[{\"provider\":\"agave\",\"name\":\"Agave\",",
                        "{\"provider\":\"globus\",\"name\":\"Globus\",\"environments\":[\"production\",");
    }

    @Test
    void shows_what_a_login_would_use() {
        Shell shell = new Shell(home);

        shell.run("providers", "show", "globus")
                .isQuiet()
                .prints("token endpoint           https://auth.globus.org/v2/oauth2/token\n")
                .prints("variables                GLOBUS_ACCESS_TOKEN\n")
                .prints("api groups               https://groups.api.globus.org/\n");
        assertThat(shell.run("providers", "show", "globus", "--environment", "preview", "--json")
                        .isQuiet()
                        .json())
                .containsEntry("environment", "preview")
                .containsEntry("sandbox", null);
        shell.run("providers", "show", "agave", "--environment", "sd2e")
                .isQuiet()
                .prints("token endpoint           https://api.sd2e.org/token\n")
                .prints("variables                TAPIS_TOKEN\n");
        shell.run("providers", "show", "spatiafi")
                .isQuiet()
                .prints("token endpoint           https://auth.spatiafi.com/api/v1/auth/jwt/token\n");
        shell.run("providers", "show", "spatiafi")
                .prints("  USER_ID, CLIENT_ID, CLIENT_SECRET, SPATIAFI_CLIENT_ID, SPATIAFI_CLIENT_SECRET\n");
        shell.run("providers", "show", "tastytrade").isQuiet().prints("TT_REFRESH, TT_SECRET\n");
        shell.with("EVERGRANT_SANDBOX", "http://127.0.0.1:9")
                .run("providers", "show", "globus")
                .isQuiet()
                .prints("http://127.0.0.1:9/globus/auth/v2/oauth2/token");
    }

    @Test
    void what_is_unknown_or_not_built_is_said() {
        Shell shell = new Shell(home);

        shell.run("providers").exits(2).says("list or show");
        shell.run("providers", "show", "nobody").exits(2).advises("evergrant providers list");
        shell.run("providers", "show", "globus", "--environment", "moon").exits(2);
        shell.run("providers", "add", "mine").exits(2).says("evergrant providers add is not built yet");
        shell.run("providers", "discover", "https://x").exits(2).says("not built yet");
    }
}
