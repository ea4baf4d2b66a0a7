package io.github.evergrant.examples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every line of the guide's code has its Java line, every Java line is one of a program that runs, and every name exists. */
final class PortingPageTest {

    private static final Pattern NAME = Pattern.compile("[A-Z]\\w*[a-z]\\w*(\\.\\w+)?");
    private static final Pattern ADDRESS = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private static String text = "";
    private static String guide = "";
    private static String programs = "";

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(Path.of("../docs/from-globus-sdk.md"));
        guide = Files.readString(Path.of("src/test/resources/globus-sdk/tokenstorage.rst"));
        programs = sources(Path.of("src/main/java")).values().stream().collect(joining("\n"));
    }

    @Test
    void every_line_of_the_guide_has_a_line_in_a_program() {
        PortingPage page = PortingPage.read(text);
        assertThat(page.faults(guide, programs)).isEmpty();
        assertThat(page.lines()).hasSizeGreaterThan(30);
    }

    @Test
    void the_page_without_any_one_of_its_lines_is_found_out() {
        PortingPage page = PortingPage.read(text);
        for (int i = 0; i < page.lines().size(); i++) {
            List<PortingPage.Row> fewer = new ArrayList<>(page.lines());
            PortingPage.Row gone = fewer.remove(i);
            assertThat(new PortingPage(fewer, page.names()).faults(guide, programs))
                    .as(gone.there())
                    .isNotEmpty();
        }
    }

    @Test
    void a_line_more_in_the_guide_is_found_out() {
        String more = guide.replace("tc = globus_sdk", "print(tokens) tc = globus_sdk");
        assertThat(more).isNotEqualTo(guide);
        assertThat(PortingPage.read(text).faults(more, programs)).anyMatch(fault -> fault.contains("print(tokens)"));
        String last = guide.replace("authorizer=authorizer) Complete", "authorizer=authorizer) tc.get() Complete");
        assertThat(PortingPage.read(text).faults(last, programs)).containsExactly("no row for: tc.get()");
    }

    @Test
    void a_java_line_that_no_program_has_is_found_out() {
        for (PortingPage.Row row : PortingPage.read(text).lines()) {
            PortingPage.Row wrong = new PortingPage.Row(row.there(), row.here() + " elsewhere();");
            List<PortingPage.Row> others =
                    new ArrayList<>(PortingPage.read(text).lines());
            others.set(others.indexOf(row), wrong);
            assertThat(new PortingPage(others, PortingPage.read(text).names()).faults(guide, programs))
                    .containsExactly("not in a program: " + wrong.here());
        }
    }

    @Test
    void a_class_of_the_guide_without_a_row_is_found_out() {
        PortingPage page = PortingPage.read(text.replace("`SQLiteAdapter(", "`Other("));
        assertThat(page.faults(guide, programs)).contains("no row for the class SQLiteAdapter");
    }

    @Test
    void every_name_of_ours_exists() throws IOException {
        Map<String, String> all = new HashMap<>();
        for (String module : List.of("core", "providers", "storage/sqlite", "examples")) {
            all.putAll(sources(Path.of("..", module, "src/main/java")));
        }
        List<String> names = PortingPage.read(text).ourNames().stream()
                .filter(name -> NAME.matcher(name).matches())
                .toList();
        assertThat(names).hasSizeGreaterThan(120);
        assertThat(names.stream().filter(name -> !exists(all, name))).isEmpty();
    }

    private static boolean exists(Map<String, String> sources, String name) {
        String[] parts = name.split("\\.");
        String source = sources.get(parts[0]);
        return source != null && (parts.length == 1 || source.matches("(?s).*\\b" + parts[1] + "\\b.*"));
    }

    @Test
    void every_address_leads_somewhere() {
        assertThat(ADDRESS.matcher(text).results().map(it -> it.group(1)))
                .hasSizeGreaterThan(5)
                .allSatisfy(it -> assertThat(Path.of("../docs").resolve(it)).exists());
    }

    /** The sources below a folder, by the names of their classes. */
    private static Map<String, String> sources(Path folder) throws IOException {
        Map<String, String> all = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                try {
                    all.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return all;
    }
}
