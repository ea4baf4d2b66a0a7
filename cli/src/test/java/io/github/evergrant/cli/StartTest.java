package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts call in a loop loads nothing that it does not use. */
final class StartTest {

    private static final List<String> UNUSED = List.of(
            "picocli.",
            "java.net.http.",
            "jdk.internal.net.http.",
            "javax.net.ssl.",
            "sun.security.ssl.",
            "com.nimbusds.",
            "tools.jackson.databind.",
            "java.util.logging.",
            "com.sun.net.httpserver.");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"token -s tour", "token -s tour --header", "-s tour exec -- true"})
    void a_fresh_token_is_had_without_parser_network_and_cryptography(String line) throws Exception {
        Path loaded = home.resolve("loaded");
        try (Play play = new Play()) {
            Shell shell = play.shell(home).with("PATH", System.getenv("PATH"));
            shell.runWith(play.grantGroups(), "login", "globus", "-s", "tour", "--token-response-stdin")
                    .exits(0);
            List<String> command = new ArrayList<>(Program.command(line.split(" ")));
            command.add(1, "-Xlog:class+load=info:file=" + loaded + ":none");
            try (Program program = Program.start(shell.variables, home, command)) {
                assertThat(program.end().exits(0).err()).isEmpty();
            }
        }
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(each -> each.startsWith(Main.class.getName() + " "));
        assertThat(classes).noneMatch(each -> UNUSED.stream().anyMatch(each::startsWith));
    }
}
