package io.github.evergrant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.evergrant.cli.quick.Glance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/** What scripts call in a loop loads nothing that it does not use. */
final class StartTest {

    private static final String REGEX = "java.util.regex.Pattern$";

    private static final List<String> UNUSED = List.of(
            "picocli.",
            "java.net.http.",
            "jdk.internal.net.http.",
            "javax.net.ssl.",
            "sun.security.ssl.",
            "com.nimbusds.",
            "tools.jackson.databind.",
            "java.util.logging.",
            "com.sun.net.httpserver.",
            // What no start-up archive keeps: the ways of records that are not written by hand, and lambdas for any
            // stream.
            "java.lang.runtime.ObjectMethods",
            "java.util.Comparator$$Lambda");

    private static final List<String> UNSEEN = List.of(
            "tools.jackson.",
            "java.util.stream.",
            "java.time.format.",
            "java.security.MessageDigest",
            "java.security.Provider",
            "java.math.BigDecimal");

    private static final List<String> UNSEEN_IN_FILES = List.of("java.sql.", "org.sqlite.", "org.slf4j.", REGEX);

    private static final List<String> UNSEEN_IN_DATABASES = List.of(
            "java.sql.DriverManager",
            "java.util.ServiceLoader",
            "org.sqlite.SQLiteConfig",
            "org.sqlite.SQLiteJDBCLoader",
            "org.sqlite.date.",
            "org.sqlite.jdbc",
            "io.github.evergrant.cli.log.");

    @TempDir
    private Path home;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> options = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"token -s tour", "token -s tour --header", "-s tour exec -- true", "status -s tour --json"})
    void a_fresh_token_is_had_and_told_of_without_parser_network_and_cryptography(String line) throws Exception {
        assertThat(loaded(Main.class, line.split(" ")))
                .noneMatch(each -> UNUSED.stream().anyMatch(each::startsWith));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "token -s tour --header", "exec -s tour -- sh"})
    void a_glance_loads_nothing_but_files(String line) throws Exception {
        assertThat(seen(line)).noneMatch(each -> UNSEEN_IN_FILES.stream().anyMatch(each::startsWith));
    }

    /** The driver insists on a log: it finds one by name that writes nothing. On Java 17 that takes a regular expression. */
    @Test
    void a_glance_at_a_database_loads_of_its_driver_what_reads() throws Exception {
        variables.put("EVERGRANT_STORE", "sqlite:" + home.resolve("sessions.db"));
        options.add("-Djdk.reflect.useNativeAccessorOnly=true");
        options.add("-Dorg.sqlite.lib.path=" + library());
        assertThat(seen("token"))
                .anyMatch(each -> each.startsWith("org.sqlite.core.NativeDB "))
                .anyMatch(each -> each.startsWith("org.slf4j.helpers.NOPLogger "))
                .noneMatch(each -> UNSEEN_IN_DATABASES.stream().anyMatch(each::startsWith));
    }

    /** The driver's native library, as a build of the program unpacks it. */
    private Path library() throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = Objects.requireNonNull(NativeDB.class.getResourceAsStream(resource))) {
            Files.copy(in, home.resolve(name));
        }
        return home;
    }

    private List<String> seen(String line) throws Exception {
        List<String> classes = loaded(Glance.class, line.split(" "));
        assertThat(classes)
                .noneMatch(each -> UNUSED.stream().anyMatch(each::startsWith))
                .noneMatch(each -> UNSEEN.stream().anyMatch(each::startsWith))
                .noneMatch(each -> each.contains("evergrant") && each.contains("$$Lambda"));
        return classes;
    }

    @Test
    void a_renewal_on_this_machine_makes_nothing_ready_for_tls() throws Exception {
        assertThat(loaded(Main.class, "token", "--renew"))
                .anyMatch(each -> each.startsWith("jdk.internal.net.http.HttpClientImpl "))
                .noneMatch(each -> each.startsWith("sun.security.ssl.") || each.startsWith("javax.crypto.JceSecurity"));
    }

    /** The classes of a process that has a token. */
    private List<String> loaded(Class<?> main, String... words) throws Exception {
        Path loaded = home.resolve("loaded");
        try (Play play = new Play()) {
            Shell shell = play.shell(home).with("PATH", System.getenv("PATH"));
            shell.variables.putAll(variables);
            shell.logIn("tour", play.grantGroups());
            shell.variables.remove("EVERGRANT_SANDBOX");
            List<String> command = new ArrayList<>(Program.command(words));
            command.replaceAll(word -> word.equals(Main.class.getName()) ? main.getName() : word);
            command.add(1, "-Xlog:class+load=info:file=" + loaded + ":none");
            command.addAll(1, options);
            try (Program program = Program.start(shell.variables, home, command)) {
                assertThat(program.end().exits(0).err()).isEmpty();
            }
        }
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(each -> each.startsWith(main.getName() + " "));
        return classes;
    }
}
