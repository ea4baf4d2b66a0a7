package io.github.evergrant.cli;

import static io.github.evergrant.cli.SpatiaFiHand.ID;
import static io.github.evergrant.cli.SpatiaFiHand.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session with SpatiaFi is good for. */
final class SpatiaFiSessionTest {

    private static final String ECHO = "for v in USER_ID CLIENT_ID CLIENT_SECRET SPATIAFI_CLIENT_ID"
            + " SPATIAFI_CLIENT_SECRET; do eval \"printf '%s=%s;' $v \\\"\\${$v-unset}\\\"\"; done";

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(home).with("PATH", System.getenv("PATH"));
    }

    private void logIn(String saved) throws IOException {
        SpatiaFiHand.write(SpatiaFiHand.tutorialFile(play, home), saved);
        shell.run(SpatiaFiHand.there(play, "login", "spatiafi", "-s", "tour")).exits(0);
    }

    private static String variables(String user, String id, String secret) {
        return "USER_ID=" + user + ";CLIENT_ID=" + id + ";CLIENT_SECRET=" + secret + ";SPATIAFI_CLIENT_ID=" + id
                + ";SPATIAFI_CLIENT_SECRET=" + secret + ";";
    }

    @Test
    @DisplayName("spatiafi 19, spatiafi 49: exec sets the variables of a program, and prints nothing itself")
    void exec_sets_the_variables_and_prints_nothing_itself() throws IOException {
        logIn(SpatiaFiHand.pair());
        int before = play.requests("spatiafi", "token.client_credentials");

        shell.run("exec", "-s", "tour", "--", "sh", "-c", "{ " + ECHO + "; } > seen")
                .isQuiet()
                .printsNothing();

        assertThat(home.resolve("seen")).hasContent(variables("u-1", ID, SECRET));
        assertThat(play.requests("spatiafi", "token.client_credentials"))
                .as("it gets its own tokens")
                .isEqualTo(before);
    }

    @Test
    @DisplayName("spatiafi 23: a file with other keys sets no other variable")
    void a_file_with_other_keys_sets_no_other_variable() throws IOException {
        logIn(SpatiaFiHand.pair()
                .replace("{", "{\"PATH\": \"/evil\", \"path\": \"/evil\", \"ld_preload\": \"/evil.so\", "));

        shell.run("exec", "-s", "tour", "--", "sh", "-c", "echo \"$PATH ${LD_PRELOAD-none}\" > seen")
                .isQuiet();
        assertThat(home.resolve("seen")).hasContent(System.getenv("PATH") + " none");
        assertThat(shell.run("env", "-s", "tour", "--json").json())
                .containsOnlyKeys(
                        "USER_ID",
                        "CLIENT_ID",
                        "CLIENT_SECRET",
                        "SPATIAFI_CLIENT_ID",
                        "SPATIAFI_CLIENT_SECRET",
                        "EVERGRANT_SESSION");
    }

    @Test
    @DisplayName(
            "spatiafi 48: what env prints for a secret with quotes, a dollar sign, a space and a line end comes out of sh as it is")
    void what_env_prints_comes_out_of_a_shell_as_it_is() throws Exception {
        String secret = "it's \"$HOME\" `id` \\ $(id)\nand a second line, é";
        Path file = Files.writeString(home.resolve("secret.txt"), secret);
        SpatiaFiHand.grantAnybody(play, 839);
        shell.run(SpatiaFiHand.there(
                        play,
                        "login",
                        "spatiafi",
                        "-s",
                        "tour",
                        "--client-id",
                        "i",
                        "--client-secret-file",
                        file.toString()))
                .exits(0);

        String printed = shell.run("env", "-s", "tour").isQuiet().out();
        Path script = Files.writeString(home.resolve("script"), printed + "unset USER_ID; " + ECHO);
        Process sh = new ProcessBuilder("sh", script.toString()).start();

        assertThat(new String(sh.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(variables("unset", "i", secret));
        assertThat(sh.waitFor()).isZero();
        assertThat(shell.run("env", "-s", "tour", "--format", "json").json()).containsEntry("CLIENT_SECRET", secret);
        shell.run("env", "-s", "tour", "--format", "cmd").exits(2).says("cmd cannot quote");
        shell.run("env", "-s", "tour", "--variable", "API_TOKEN").isQuiet().prints("export API_TOKEN='any'\n");
    }

    @Test
    void status_token_curl_and_whoami_know_it() throws IOException {
        logIn(SpatiaFiHand.pair());

        shell.run("status", "-s", "tour").exits(0).prints("spatiafi", "fresh", "u-1");
        assertThat(shell.run("status", "-s", "tour", "--json").exits(0).json())
                .containsEntry("provider", "spatiafi")
                .containsEntry("client_id", ID)
                .containsEntry("state", "fresh");
        shell.run("status", "-s", "tour", "--check").exits(0).prints("ok, demo@example.org");
        assertThat(shell.run("whoami", "-s", "tour").isQuiet().line()).isEqualTo("demo@example.org");
        String token = shell.run("token", "-s", "tour").isQuiet().line();
        shell.run("-s", "tour", "curl", play.base() + "/spatiafi/api/info?item_id=x")
                .isQuiet()
                .prints("{\"ok\":true}");
        shell.run("-s", "tour", "curl", play.base() + "/spatiafi/api/v1/users/me")
                .isQuiet()
                .prints("demo@example.org");
        shell.run("-s", "tour", "curl", play.base() + "/globus/groups/v2/groups/my_groups")
                .exits(2)
                .says("nothing was sent");
        assertThat(shell.run("token", "-s", "tour").isQuiet().line()).isEqualTo(token);
        shell.later(Duration.ofSeconds(850));
        assertThat(shell.run("token", "-s", "tour").isQuiet().line()).isNotEqualTo(token);

        play.answer("spatiafi", "users.me", 200, "<html>");
        shell.run("whoami", "-s", "tour").exits(7);
        play.answer("spatiafi", "users.me", 401, "{\"detail\":\"Unauthorized\"}");
        shell.run("status", "-s", "tour", "--check").exits(5).prints("Unauthorized");
    }

    @Test
    @DisplayName("spatiafi 46: no password, secret, assertion or token is in what is said, at whatever length")
    void nothing_secret_is_in_what_is_said() throws IOException {
        shell.with("EVERGRANT_PASSWORD", "demo-password").with("EVERGRANT_LOG", "debug");
        StringBuilder said = new StringBuilder();
        String[] login = SpatiaFiHand.there(play, "-v", "login", "spatiafi", "-s", "tour", "--username", "demo");
        Ran first = shell.run(login).exits(0);
        said.append(first.out()).append(first.err());
        String secret = String.valueOf(Shell.object(Files.readString(SpatiaFiHand.tutorialFile(play, home)))
                .get("client_secret"));
        said.append(shell.run("-v", "token", "-s", "tour", "--renew").exits(0).err());
        play.answer("spatiafi", "token.client_credentials", 401, "{\"detail\":\"bad " + secret + "\"}");
        said.append(shell.run("-v", "token", "-s", "tour", "--renew").exits(5).err());
        for (String command : List.of("status -s tour --json", "sessions show tour --json", "whoami -s tour --json")) {
            Ran ran = shell.run(("-v " + command).split(" ")).exits(0);
            said.append(ran.out()).append(ran.err());
        }

        assertThat(said.toString())
                .contains("Session tour is saved.")
                .doesNotContain("demo-password", secret, "client_assertion=", "eyJ", "sandbox-at-");
    }

    @Test
    void a_token_that_the_api_refuses_is_renewed_once() throws IOException {
        logIn(SpatiaFiHand.pair());
        play.expire();

        shell.run("-s", "tour", "curl", play.base() + "/spatiafi/api/info")
                .isQuiet()
                .prints("true");
        assertThat(play.requests("spatiafi", "token.client_credentials")).isEqualTo(2);
    }

    @Test
    void logout_forgets_the_session_and_says_what_stays() throws IOException {
        logIn(SpatiaFiHand.pair());
        SpatiaFiHand.write(SpatiaFiHand.packageFile(play, home), "{damaged");

        shell.run("logout", "-s", "tour")
                .exits(0)
                .says(
                        "not revoked: the provider has no way to revoke tokens",
                        "Its app credentials stay good at SpatiaFi, and stay in "
                                + SpatiaFiHand.tutorialFile(play, home),
                        "Session tour is gone.");

        shell.run("token", "-s", "tour").exits(4);
        assertThat(SpatiaFiHand.tutorialFile(play, home)).hasContent(SpatiaFiHand.pair());
    }

    @Test
    void credentials_that_are_refused_by_now_are_told_with_what_to_do() throws IOException {
        logIn(SpatiaFiHand.pair());
        play.reset();
        for (int i = 0; i < 2; i++) {
            play.answer("spatiafi", "token.client_credentials", 401, "{\"detail\":\"Unauthorized\"}");
        }

        shell.run("token", "-s", "tour", "--renew").exits(5).says("Unauthorized");
        shell.run("token", "-s", "tour").isQuiet();
    }

    @Test
    void what_its_programs_saved_is_imported_and_stays_as_it_is() throws IOException {
        Shell sandboxed = play.shell(home);
        sandboxed
                .run("sessions", "import", "--from", "spatiafi")
                .exits(4)
                .says("no program of SpatiaFi keeps app credentials in " + home.resolve("state/sandbox/spatiafi"));
        Path file = SpatiaFiHand.write(home.resolve("state/sandbox/spatiafi/app_credentials"), SpatiaFiHand.pair());

        sandboxed
                .run("sessions", "import", "--from", "spatiafi")
                .exits(0)
                .says("Session spatiafi is imported from " + file + ", which stays as it is.");
        assertThat(file).hasContent(SpatiaFiHand.pair());
        assertThat(sandboxed
                        .run("sessions", "import", file.toString(), "--from", "spatiafi", "-s", "two", "--json")
                        .exits(0)
                        .json())
                .containsEntry("identity", "u-1")
                .containsEntry("client_id", ID);
        sandboxed.run("token", "-s", "two", "--renew").isQuiet();
        sandboxed
                .run("sessions", "import", "--from", "spatiafi", "--namespace", "x")
                .exits(2);
        sandboxed
                .run("sessions", "import", home.resolve("nothing").toString(), "--from", "spatiafi")
                .exits(6)
                .says("there is no file");
        SpatiaFiHand.write(file, "{\"detail\": \"Unauthorized\"}");
        sandboxed.run("sessions", "import", "--from", "spatiafi").exits(2).says("an error of the service");
    }

    @Test
    void sessions_of_several_providers_go_to_one_program() throws IOException {
        SpatiaFiHand.write(home.resolve("state/sandbox/spatiafi/app_credentials"), SpatiaFiHand.pair());
        Shell sandboxed = play.shell(home).with("PATH", System.getenv("PATH"));
        sandboxed.run("login", "spatiafi").exits(0);
        sandboxed.logIn("g", play.grantGroups());

        sandboxed
                .run(
                        "exec",
                        "-s",
                        "spatiafi",
                        "-s",
                        "g",
                        "--",
                        "sh",
                        "-c",
                        "echo $CLIENT_ID ${GLOBUS_ACCESS_TOKEN%%-*} > seen")
                .isQuiet();

        assertThat(home.resolve("seen")).hasContent(ID + " sandbox");
        Map<String, String> twice = new LinkedHashMap<>(sandboxed.variables);
        assertThat(twice).doesNotContainKeys("CLIENT_ID", "CLIENT_SECRET");
        sandboxed.run("login", "spatiafi", "-s", "second").exits(0);
        for (String command : List.of("exec -s spatiafi -s second -- true")) {
            sandboxed.run(command.split(" ")).exits(2).says("two of the sessions set USER_ID");
        }
    }
}
