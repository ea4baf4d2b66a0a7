package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.quick.Glance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    private static final List<String> UNSEEN = List.of(
            "tools.jackson.",
            "org.slf4j.",
            "java.util.regex.Pattern$",
            "java.util.stream.",
            "java.time.format.",
            "java.security.MessageDigest",
            "java.security.Provider",
            "java.math.BigDecimal");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"token -s tour", "token -s tour --header", "-s tour exec -- true"})
    void a_fresh_token_is_had_without_parser_network_and_cryptography(String line) throws Exception {
        assertThat(loaded(Main.class, line.split(" ")))
                .noneMatch(each -> UNUSED.stream().anyMatch(each::startsWith));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "token -s tour --header", "exec -s tour -- sh"})
    void a_glance_loads_nothing_but_files(String line) throws Exception {
        assertThat(loaded(Glance.class, line.split(" ")))
                .noneMatch(each -> UNUSED.stream().anyMatch(each::startsWith))
                .noneMatch(each -> UNSEEN.stream().anyMatch(each::startsWith))
                .noneMatch(each -> each.contains("evergrant") && each.contains("$$Lambda"));
    }

    @Test
    void a_renewal_on_this_machine_reads_no_certificates() throws Exception {
        assertThat(loaded(Main.class, "token", "--renew"))
                .anyMatch(each -> each.startsWith("jdk.internal.net.http.HttpClientImpl "))
                .noneMatch(each -> each.startsWith("sun.security.ssl.TrustStoreManager$"));
    }

    /** The classes of a process that has a token. */
    private List<String> loaded(Class<?> main, String... words) throws Exception {
        Path loaded = home.resolve("loaded");
        try (Play play = new Play()) {
            Shell shell = play.shell(home).with("PATH", System.getenv("PATH"));
            shell.logIn("tour", play.grantGroups());
            shell.variables.remove("EVERGRANT_SANDBOX");
            List<String> command = new ArrayList<>(Program.command(words));
            command.replaceAll(word -> word.equals(Main.class.getName()) ? main.getName() : word);
            command.add(1, "-Xlog:class+load=info:file=" + loaded + ":none");
            try (Program program = Program.start(shell.variables, home, command)) {
                assertThat(program.end().exits(0).err()).isEmpty();
            }
        }
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(each -> each.startsWith(main.getName() + " "));
        return classes;
    }
}
