package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins with SpatiaFi, where a client signs for itself. */
final class SpatiaFiLoginTest {

    private static final String ID = "bbbbbbbb-0000-4000-8000-000000000001";
    private static final String SECRET = "sandbox-spatiafi-secret-0123456789-abcdefgh";

    private final Play play = new Play();

    @TempDir
    private Path home;

    @AfterEach
    void close() {
        play.close();
    }

    @Test
    void a_login_needs_no_way_to_be_named_and_renews() {
        Shell shell = play.shell(home);

        shell.run("login", "spatiafi").exits(0).says("Session spatiafi is saved.");

        shell.run("token", "-s", "spatiafi").isQuiet().prints("sandbox-at-");
        shell.run("token", "-s", "spatiafi", "--renew").isQuiet();
        assertThat(play.requests("spatiafi", "token.client_credentials")).isEqualTo(2);
    }

    @Test
    void credentials_that_are_named_are_used() throws IOException {
        Path file = Files.writeString(home.resolve("secret.txt"), SECRET + "\n");

        play.shell(home)
                .run("login", "spatiafi", "--client-id", ID, "--client-secret-file", file.toString())
                .exits(0);
        play.shell(home)
                .runWith("wrong", "login", "spatiafi", "--client-id", ID, "--client-secret-stdin")
                .exits(5)
                .says("SpatiaFi said no");
    }

    @Test
    void credentials_of_variables_or_of_pythons_files_are_found() throws IOException {
        Shell shell = new Shell(home);
        String[] login = {"login", "spatiafi", "-s", "tour", "--environment", play.base() + "/spatiafi"};
        shell.run(login).exits(2).says("needs a client id");

        shell.with("SPATIAFI_CLIENT_ID", ID).with("SPATIAFI_CLIENT_SECRET", SECRET);
        shell.run(login).exits(0);
        shell.variables.remove("SPATIAFI_CLIENT_ID");
        shell.variables.remove("SPATIAFI_CLIENT_SECRET");
        shell.run("logout", "-s", "tour").exits(0);

        Path folder = Files.createDirectories(home.resolve("xdg").resolve("spatiafi"));
        Path file = folder.resolve("app_credentials");
        shell.with("XDG_CONFIG_HOME", home.resolve("xdg").toString());
        Files.writeString(file, "{\"detail\": \"Unauthorized\"}");
        shell.run(login).exits(2).says("an error of the service", file.toString());
        Files.writeString(file, "{\"client_id\": \"" + ID + "\", \"client_secret\": \"" + SECRET + "\"}");
        shell.run(login).exits(0);
        assertThat(Files.readString(file)).contains(SECRET);
    }

    @Test
    void where_there_is_no_page_the_login_that_there_is_is_named_and_nothing_is_sent() {
        Shell shell = play.shell(home);

        shell.run("login", "spatiafi", "--paste").exits(2).says("log in by --client-credentials");
        shell.run("login", "tastytrade")
                .exits(2)
                .says("tastytrade has no page to sign in on here: log in by --refresh-token-stdin, with --client-id");
        assertThat(play.requests("tastytrade", "token.refresh")).isZero();
    }
}
