package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.cli.quick.QuickWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way to read {@code token}, {@code exec} and {@code status} and the parser's way do alike. */
final class QuickWordsTest {

    private static final String PRINT =
            "env | grep -E '^(EVERGRANT_SESSION|GLOBUS_.*|T)=' | sort > seen; echo \"$@\" >> seen";

    @AutoClose
    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home).with("PATH", System.getenv("PATH"));
        shell.logIn("tour", play.grant());
        shell.logIn("one", play.grantGroups());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token -s one",
                "-s one token",
                "--session one token --header",
                "token -s tour --resource-server groups.api.globus.org",
                "token --resource-server groups.api.globus.org -s tour --header",
                "token -s one --timeout 2m",
                "--timeout 30 token -s one",
                "token -s one --timeout 0",
                "token -s tour",
                "token",
                "token -s nobody",
                "token -s tour --resource-server nowhere",
                "exec -s one -- PRINT",
                "-s one exec -- PRINT",
                "exec --session one --variable T -- PRINT",
                "exec -s tour --resource-server groups.api.globus.org -- PRINT",
                "exec -s one --timeout 2m -- PRINT",
                "exec -s one -- PRINT -s tour -- --json",
                "exec -- PRINT",
                "exec -s one --",
                "exec -s nobody -- PRINT",
                "exec -s one --variable 7 -- PRINT",
                "exec -s one -- no-such-program",
                "exec -s one -- sh -c exit\t7",
                "status",
                "status -s one",
                "-s tour status",
                "status -s one --json",
                "status --json --session one",
                "status -s nobody",
                "status --timeout 5s -s one",
                "status --timeout 0"
            })
    void both_ways_do_alike(String line) throws Exception {
        String[] words = Stream.of(line.split(" "))
                .flatMap(word -> word.equals("PRINT") ? Stream.of("sh", "-c", PRINT, "sh") : Stream.of(word))
                .toArray(String[]::new);
        assertThat(QuickWords.read(new Globals(), words)).isPresent();
        Ran quick = shell.run(words);
        String seen = seen();
        // An option that changes nothing here sends the same words to the parser.
        String[] slow = Shell.words(new String[] {"--no-input"}, words);
        assertThat(QuickWords.read(new Globals(), slow)).isEmpty();
        Ran parsed = shell.run(slow);
        assertThat(quick.code()).isEqualTo(parsed.code());
        assertThat(quick.out()).isEqualTo(parsed.out());
        assertThat(quick.err()).isEqualTo(parsed.err().replace("--no-input ", ""));
        assertThat(seen).isEqualTo(seen());
    }

    /** What the program saw; nothing when it did not run. */
    private String seen() throws Exception {
        Path file = home.resolve("seen");
        String text = Files.exists(file) ? Files.readString(file) : "";
        Files.deleteIfExists(file);
        return text;
    }

    @Test
    void whatever_else_stands_there_is_the_parsers_business() {
        for (String line : List.of(
                "token --renew",
                "token -s",
                "token -s --header",
                "token -s one -s tour",
                "token token",
                "--resource-server x token",
                "--header token",
                "token --json",
                "token --help",
                "token --timeout",
                "token --timeout soon",
                "token --timeout 1s --timeout 2s",
                "-s one",
                "status --all",
                "status --check",
                "status --help",
                "status -s",
                "status -s one -s tour",
                "status status",
                "status token",
                "token status",
                "status one",
                "status --header",
                "status --resource-server x",
                "status --variable T",
                "status --json --json",
                "status -- true",
                "--json status",
                "token --resource-server",
                "token x",
                "exec",
                "exec true",
                "exec -s one",
                "exec -s one -s tour -- true",
                "-s one exec -s tour -- true",
                "exec exec -- true",
                "exec --variable -- true",
                "exec --provider globus -- true",
                "exec --json -- true",
                "exec --help",
                "--variable T exec -- true",
                "-- true",
                "token -- true",
                "token -s one --",
                "token exec -- true",
                "token --variable T",
                "exec --header -- true",
                "")) {
            assertThat(QuickWords.read(new Globals(), line.split(" ", -1)))
                    .as(line)
                    .isEmpty();
        }
    }
}
