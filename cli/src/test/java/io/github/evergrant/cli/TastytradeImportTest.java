package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that Python's tastytrade library serialized, in and out. */
final class TastytradeImportTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private static String golden(String name) throws IOException {
        try (InputStream in = TastytradeImportTest.class.getResourceAsStream("/golden/tastytrade/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    @DisplayName("tastytrade 70, 71, 72: what 10.3.0 serialized comes in without a request, and out byte for byte")
    void what_was_serialized_comes_in_and_out() throws IOException {
        Shell shell = new Shell(home);
        for (String name : new String[] {"password", "oauth"}) {
            String text = golden(name + ".json");
            Path file = Files.writeString(home.resolve(name), text + "\n");
            shell.run("sessions", "import", file.toString(), "-s", name)
                    .exits(0)
                    .printsNothing()
                    .says("Session " + name + " is copied from " + file + ".");
            assertThat(shell.run(
                                    "sessions",
                                    "export",
                                    name,
                                    "--format",
                                    "tastytrade10",
                                    "--reveal",
                                    "--with-refresh-token")
                            .exits(0)
                            .out())
                    .isEqualTo(text + "\n");
            assertThat(Files.readString(file)).isEqualTo(text + "\n");
        }
        shell.run("sessions", "import", home.resolve("oauth").toString(), "-s", "oauth")
                .exits(2)
                .says("there is a session 'oauth'");
        shell.run("sessions", "export", "password", "--format", "tastytrade12", "--reveal")
                .exits(2)
                .says("by password");
        Ran without = shell.run("sessions", "export", "password", "--format", "tastytrade10", "--reveal")
                .exits(0)
                .says("were left out: they are used once");
        assertThat(without.json()).containsEntry("remember_token", null).containsEntry("session_token", "SESS-1");
        shell.run("sessions", "export", "password", "--format", "tastytrade10", "-o", "out.json")
                .exits(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("out.json"))))
                .isEqualTo("rw-------");
        shell.run("sessions", "show", "oauth").exits(0).printsNot("CLIENT-SECRET", "QUOTE-1", "REFRESH-TOKEN");
        shell.run("status", "--all").exits(0).printsNot("QUOTE-1");
    }

    @Test
    @DisplayName("tastytrade 77: what is written is its owner's alone from the first byte")
    void what_is_written_is_its_owners_alone() throws IOException {
        Shell shell = play.shell(home).with("EVERGRANT_PASSWORD", "demo-password");
        shell.run("login", "tastytrade", "--password", "--username", "demo").exits(0);
        shell.run("sessions", "export", "--format", "tastytrade10", "-o", "new/s.json")
                .exits(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("new"))))
                .isEqualTo("rwx------");
        shell.run("sessions", "export", "--format", "tastytrade10", "-o", "s.json")
                .exits(0);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("s.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.store())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(shell.store().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    @DisplayName("tastytrade 74: a session of 12 goes on here, also one that never had a token")
    void a_session_of_12_goes_on_here() throws IOException {
        Shell shell = play.shell(home);
        String grant = play.grantTastytrade("demo", "certification");
        Path file = Files.writeString(
                home.resolve("s.json"),
                "{\"is_test\": true, \"provider_secret\": \"sandbox-tastytrade-secret\", \"refresh_token\": \"" + grant
                        + "\", \"session_expiration\": 0.0, \"session_token\": \"\"}");

        shell.run("sessions", "import", file.toString()).exits(0).says("Session tastytrade-certification is copied");
        assertThat(play.requests("tastytrade", "token.refresh")).isZero();
        shell.run("accounts").isQuiet().prints("5WT00001");
        assertThat(play.requests("tastytrade", "token.refresh")).isEqualTo(1);
        Map<String, @Nullable Object> json = shell.run("sessions", "export", "--format", "tastytrade12", "--reveal")
                .exits(0)
                .json();
        assertThat(json).containsEntry("refresh_token", grant).containsEntry("is_test", true);
        assertThat(json.get("session_token"))
                .isEqualTo(shell.run("token").isQuiet().line());
    }

    @Test
    void the_grant_of_ttcli_comes_in_and_a_pickle_does_not() throws IOException {
        Shell shell = new Shell(home);
        shell.run("sessions", "import", "--from", "tastytrade").exits(6).says("there is no file", "ttcli.cfg");
        Path folder = Files.createDirectories(home.resolve(".config").resolve("ttcli"));
        Path file = Files.writeString(
                folder.resolve("ttcli.cfg"),
                "[general]\nclient_secret = sandbox-tastytrade-secret\nrefresh_token = "
                        + play.grantTastytrade("demo", "production") + "\n");

        // A sandbox's log can be read by everybody.
        play.shell(home)
                .run("sessions", "import", "--from", "tastytrade")
                .exits(2)
                .says("the grant in " + file + " is a real one", "nothing was imported")
                .advises("unset EVERGRANT_SANDBOX");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        shell.run("--strict-permissions", "sessions", "import", "--from", "tastytrade")
                .exits(6)
                .advises("chmod 600 " + file);
        shell.run("status", "-s", "tastytrade").exits(4);
        shell.run("sessions", "import", "--from", "tastytrade")
                .exits(0)
                .says("Session tastytrade is copied", "warning: the file of a session with tastytrade " + file);
        shell.run("status").prints("spent", "not fetched yet").printsNot(" days ago");
        shell.run("sessions", "list").prints("not fetched yet");
        assertThat(play.log()).doesNotContain("oauth/token");
        // There is nobody at that port: the grant is real, and would go to the real service.
        shell.with("HTTPS_PROXY", "http://127.0.0.1:9").run("accounts").exits(7);

        Path pickle = Files.write(folder.resolve(".session"), new byte[] {(byte) 0x80, 4, (byte) 0x95, 1});
        shell.run("sessions", "import", pickle.toString())
                .exits(2)
                .says("is a pickle, which is a program that Python runs")
                .advises("evergrant sessions import --from tastytrade");
        shell.run("sessions", "import", "--from", "tastytrade", "x").exits(2);
        shell.run("sessions", "import", home.resolve("nothing").toString()).exits(6);
    }

    @Test
    void a_remember_token_of_nobody_needs_a_login() throws IOException {
        Shell shell = new Shell(home);
        String text = golden("password.json")
                .replaceFirst("\"user\": \\{[^}]*}", "\"user\": {}")
                .replace("2026-11-22 21", "2025-11-22 21");
        Path file = Files.writeString(home.resolve("s"), text);

        shell.run("sessions", "import", file.toString(), "-s", "n")
                .exits(0)
                .says("session n can be used until its token ends, and not longer");

        shell.run("status", "-s", "n").exits(0).prints("login-required");
        shell.run("-s", "n", "token")
                .exits(4)
                .says("whose remember token it is, is not known")
                .advises("evergrant login tastytrade -s n --password --remember");
    }

    @Test
    void a_serialized_session_that_others_may_read_is_warned_of_or_refused() throws IOException {
        Shell shell = new Shell(home);
        Path file = Files.writeString(home.resolve("s.json"), golden("oauth.json"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        shell.run("--strict-permissions", "sessions", "import", file.toString(), "-s", "x")
                .exits(6)
                .says(file + " can be read by others")
                .advises("chmod 600 " + file);
        shell.run("status", "-s", "x").exits(4);
        shell.run("sessions", "import", file.toString(), "-s", "x").exits(0).says("warning: ", "to make it private");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(shell.run("--strict-permissions", "sessions", "import", file.toString(), "-s", "y")
                        .exits(0)
                        .err())
                .doesNotContain("warning");
    }

    @Test
    void what_is_no_session_is_refused_and_nothing_is_kept() throws IOException {
        Shell shell = new Shell(home);
        for (String bad : new String[] {
            "{\"is_test\": \"no\", \"session_token\": \"T\"}",
            "{\"is_test\": false, \"session_token\": \"\"}",
            "{\"is_test\": false, \"session_token\": \"T\", \"session_expiration\": \"\\u001b[31m\"}",
        }) {
            Path file = Files.writeString(home.resolve("bad"), bad);
            assertThat(shell.run("sessions", "import", file.toString(), "-s", "x")
                            .exits(2)
                            .err())
                    .doesNotContain("\u001b");
        }
        shell.run("status", "-s", "x").exits(4);
    }
}
