package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.frame.Globals;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way to read {@code token} and the parser's way answer alike. */
final class QuickTokenTest {

    private final Play play = new Play();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void log_in() {
        shell = play.shell(home);
        shell.runWith(play.grant(), "login", "globus", "-s", "tour", "--token-response-stdin")
                .exits(0);
        shell.runWith(play.grantGroups(), "login", "globus", "-s", "one", "--token-response-stdin")
                .exits(0);
    }

    @AfterEach
    void stop() {
        play.close();
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
                "token -s tour --resource-server nowhere"
            })
    void both_ways_answer_alike(String line) {
        String[] words = line.split(" ");
        assertThat(QuickToken.read(new Globals(), words)).isPresent();
        Ran quick = shell.run(words);
        // An option that changes nothing here sends the same words to the parser.
        String[] slow = Stream.concat(Stream.of("--no-input"), Stream.of(words)).toArray(String[]::new);
        assertThat(QuickToken.read(new Globals(), slow)).isEmpty();
        Ran parsed = shell.run(slow);
        assertThat(quick.code()).isEqualTo(parsed.code());
        assertThat(quick.out()).isEqualTo(parsed.out());
        assertThat(quick.err()).isEqualTo(parsed.err().replace("--no-input ", ""));
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
                "status",
                "-s one",
                "token --resource-server",
                "token x",
                "")) {
            assertThat(QuickToken.read(new Globals(), line.split(" ", -1)))
                    .as(line)
                    .isEmpty();
        }
    }
}
