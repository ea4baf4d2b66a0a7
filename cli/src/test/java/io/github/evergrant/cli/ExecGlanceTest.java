package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For which programs a glance is enough, and for which not. That it sets what the program itself sets, {@link Shell} holds
 * against every {@code exec} of every test.
 */
final class ExecGlanceTest {

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;
    private String token;

    @BeforeEach
    void log_in() {
        shell = play.shell(home).with("PATH", System.getenv("PATH"));
        shell.logIn("tour", play.grantGroups());
        token = shell.run("token").line();
        shell.variables.remove("EVERGRANT_SANDBOX");
    }

    private void sees(String variable, String... words) {
        shell.run(words).isQuiet();
        assertThat(shell.glance(words)).isEqualTo(variable + "=" + token + "\nEVERGRANT_SESSION=tour\n");
    }

    private void sees_nothing(String... words) {
        assertThat(shell.glance(words)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec -- sh -c :",
                "exec -s tour -- sh -c :",
                "-s tour exec -- sh -c : -- -s other",
                "exec --resource-server groups.api.globus.org -- true",
                "exec --timeout 1m -- true"
            })
    void the_variables_of_a_token_that_is_plainly_good_are_seen(String line) {
        sees("GLOBUS_ACCESS_TOKEN", line.split(" "));
    }

    @Test
    void a_named_variable_is_seen_that_no_shell_has() {
        sees("MY_2_TOKEN", "exec", "--variable", "MY_2_TOKEN", "--", "true");
        for (String name :
                List.of("PATH", "OPTIND", "RANDOM", "SHELLOPTS", "_line", "_TOKEN", "1TOKEN", "my_TOKEN", "MINE")) {
            sees_nothing("exec", "--variable", name, "--", "true");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec -s tour",
                "exec -s tour --",
                "exec -s tour sh",
                "exec -s nobody -- sh",
                "exec -s tour -s tour -- sh",
                "exec -s tour --provider globus -- sh",
                "exec -s tour --resource-server nowhere -- sh",
                "exec -s tour --timeout 0 -- sh",
                "exec -s tour --variable 1A -- sh",
                "exec -s tour --variable A-B -- sh",
                "exec -s tour --variable EVERGRANT_SESSION -- sh",
                "exec -s tour -- -x",
                "exec -s tour -- no-such-program",
                "exec -s tour -- /etc"
            })
    void other_words_are_the_programs_business(String line) {
        sees_nothing(line.split(" "));
    }

    @Test
    void a_token_whose_successor_is_due_is_not_seen() {
        shell.later(Duration.ofHours(48));
        sees_nothing("exec", "--", "true");
    }

    @Test
    void without_a_path_or_with_an_odd_one_no_program_is_seen() {
        shell.with("PATH", System.getenv("PATH") + ":/tmp/%func");
        sees_nothing("exec", "--", "true");
        shell.variables.remove("PATH");
        sees_nothing("exec", "--", "true");
    }

    private Path script(String text, String permissions) throws IOException {
        Path file = Files.writeString(home.resolve("script"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void a_script_that_says_whose_it_is_is_seen() throws IOException {
        script("#!/bin/sh\nexit\n", "rwx------");
        sees("GLOBUS_ACCESS_TOKEN", "exec", "--", "./script");
        script("#! /bin/sh -e\nexit\n", "rwx------");
        sees("GLOBUS_ACCESS_TOKEN", "exec", "--", home.resolve("script").toString());
        sees_nothing("exec", "--", "script-of-ours");
        Files.move(home.resolve("script"), home.resolve("script-of-ours"));
        shell.with("PATH", "/nowhere::" + System.getenv("PATH"));
        assertThat(shell.glance("exec", "--", "script-of-ours")).isNotNull();
    }

    @Test
    void what_shells_start_in_ways_of_their_own_is_not_seen() throws IOException {
        for (String text : List.of(
                "",
                "exit\n",
                "#!/no/such/interpreter\n",
                "#!bin/sh\n",
                "#!\n",
                "#! \n",
                "#!/bin\n",
                "#!/bin/sh",
                "#!/bin/sh\r\n",
                "#!/bin/sh\u000b-e\n",
                "#!" + home.resolve("script") + "\n",
                "\u007fELF\u0002\u0001" + "\0".repeat(100))) {
            script(text, "rwx------");
            sees_nothing("exec", "--", "./script");
        }
        script("#!/bin/sh\n", "rw-------");
        sees_nothing("exec", "--", "./script");
    }

    @Test
    void of_another_programs_session_only_a_named_variable_is_seen() throws IOException {
        try (Stream<Path> journals = Files.list(Path.of(shell.store() + ".d"))) {
            for (Path each : journals.toList()) {
                Files.delete(each);
            }
        }
        sees_nothing("exec", "--", "true");
        sees("TOKEN", "exec", "--variable", "TOKEN", "--", "true");
    }

    /** Somewhere in a copy of a real program, other bytes. */
    private void copy_of_true(int at, byte... bytes) throws IOException {
        Path copy = home.resolve("true");
        byte[] all = Files.readAllBytes(Path.of("/bin/true"));
        System.arraycopy(bytes, 0, all, at < 0 ? loader(all) : at, bytes.length);
        Files.write(copy, all);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
    }

    private static int loader(byte[] all) {
        int at = new String(all, StandardCharsets.ISO_8859_1).indexOf("/lib");
        assertThat(at).isPositive();
        return at;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_program_for_another_machine_or_without_its_loader_is_not_seen() throws IOException {
        copy_of_true(0);
        sees("GLOBUS_ACCESS_TOKEN", "exec", "--", "./true");
        copy_of_true(4, (byte) 1);
        sees_nothing("exec", "--", "./true");
        copy_of_true(16, (byte) 1);
        sees_nothing("exec", "--", "./true");
        copy_of_true(18, (byte) 0x7f);
        sees_nothing("exec", "--", "./true");
        copy_of_true(-1, (byte) '/', (byte) 'n');
        sees_nothing("exec", "--", "./true");
    }
}
