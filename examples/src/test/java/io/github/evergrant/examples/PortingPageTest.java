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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of the guides' code has its Java line, every Java line is one of a program that runs, and every name exists. */
final class PortingPageTest {

    private static final Pattern NAME = Pattern.compile("[A-Z]\\w*[a-z]\\w*(\\.\\w+)?");
    private static final Pattern ADDRESS = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern COMMAND =
            Pattern.compile("evergrant(?: --store \\S+)? (?<first>[a-z]+)(?: (?<second>[a-z][a-z-]*))?(?: .*)?");
    private static final Pattern OPTION = Pattern.compile("(?<= )--?[a-z][a-z-]*");

    static final String PROGRAMS =
            sources(Path.of("src/main/java")).values().stream().collect(joining("\n"));

    static List<Port> ports() {
        return List.of(Port.ofGlobus(), Port.ofAgave(), Port.ofSpatiaFi(), Port.ofTastytrade());
    }

    private static List<String> faults(PortingPage page, Port port) {
        return page.faults(port.code(), port.names(), PROGRAMS);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void every_line_of_the_guides_has_a_line_in_a_program_and_every_name_a_row(Port port) {
        PortingPage page = PortingPage.read(port.text());
        assertThat(faults(page, port)).isEmpty();
        assertThat(page.lines()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void a_page_without_any_one_of_its_lines_is_found_out(Port port) {
        PortingPage page = PortingPage.read(port.text());
        for (int i = 0; i < page.lines().size(); i++) {
            List<PortingPage.Row> fewer = new ArrayList<>(page.lines());
            PortingPage.Row gone = fewer.remove(i);
            assertThat(faults(new PortingPage(fewer, page.names()), port))
                    .as(gone.there())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void a_java_line_that_no_program_has_is_found_out(Port port) {
        PortingPage page = PortingPage.read(port.text());
        for (int i = 0; i < page.lines().size(); i++) {
            PortingPage.Row row = page.lines().get(i);
            PortingPage.Row wrong = new PortingPage.Row(row.there(), row.here() + " elsewhere();");
            List<PortingPage.Row> others = new ArrayList<>(page.lines());
            others.set(i, wrong);
            assertThat(faults(new PortingPage(others, page.names()), port))
                    .containsExactly("not in a program: " + wrong.here());
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void a_name_without_a_row_is_found_out(Port port) {
        PortingPage page = PortingPage.read(port.text());
        for (String name : port.names()) {
            List<PortingPage.Row> fewer = page.names().stream()
                    .filter(row -> !PortingPage.isOf(row, name))
                    .toList();
            assertThat(faults(new PortingPage(page.lines(), fewer), port)).contains("no row for the name " + name);
        }
    }

    @Test
    void a_line_more_in_the_guide_of_globus_is_found_out() {
        String guide = Port.guide("globus-sdk/tokenstorage.rst");
        PortingPage page = PortingPage.read(Port.ofGlobus().text());
        Port more = Port.ofGlobus(guide.replace("tc = globus_sdk", "print(tokens) tc = globus_sdk"));
        assertThat(faults(page, more)).anyMatch(fault -> fault.contains("print(tokens)"));
        Port last =
                Port.ofGlobus(guide.replace("authorizer=authorizer) Complete", "authorizer=authorizer) x() Complete"));
        assertThat(faults(page, last)).containsExactly("no row for: x()");
    }

    @Test
    void anything_more_in_the_guides_of_agave_is_found_out() {
        String clients = Port.guide("agavepy/oauth-clients.txt");
        String saving = Port.guide("agavepy/saving-your-session.rst");
        PortingPage page = PortingPage.read(Port.ofAgave().text());
        List<Port> planted = List.of(
                Port.ofAgave(clients.replace(">>> ag.init()", ">>> ag.init()\n>>> ag.more()"), saving),
                Port.ofAgave(clients.replace("PublicKeys          v2    admin", "more"), saving),
                Port.ofAgave(clients.replace("\nAPI password:\nApps", "\nAPI more:\nApps"), saving),
                Port.ofAgave(clients + "\n\n>>> ag.more()", saving),
                Port.ofAgave(clients, saving.replace("save_configs()\n", "save_configs(more)\n")),
                Port.ofAgave(clients, saving.replace("\"devurl\": \"\"", "\"more\": \"\"")));
        for (Port port : planted) {
            assertThat(port).isNotEqualTo(Port.ofAgave());
            assertThat(faults(page, port)).isNotEmpty();
        }
        // A program's word is only looked for where the documents have code, and all of it is cut out.
        assertThat(Stream.of(clients, saving).flatMap(String::lines).filter(line -> line.contains(">>>")))
                .hasSize(Pycon.cut(clients).turns().size()
                        + Pycon.cut(saving).turns().size());
        assertThat(saving.split("code-block::", -1)).hasSize(3);
        assertThat(Port.ofAgave().names()).hasSizeGreaterThan(55);
    }

    @Test
    void anything_more_in_the_page_of_tastytrade_is_found_out() {
        String guide = Port.guide("tastytrade/sessions.rst");
        PortingPage page = PortingPage.read(Port.ofTastytrade().text());
        List<Port> planted = List.of(
                Port.ofTastytrade(guide.replace("remember_me=True", "remember_me=True, more=1")),
                Port.ofTastytrade(guide.replace("   login()\n", "   login()\n   more()\n")),
                Port.ofTastytrade(guide.replace("       print(", "       more()\n       print(")),
                Port.ofTastytrade(guide + "\n\n.. code-block:: python\n\n   more()"));
        for (Port port : planted) {
            assertThat(port).isNotEqualTo(Port.ofTastytrade());
            assertThat(faults(page, port)).isNotEmpty();
        }
        assertThat(Pycon.blocks(guide, "python")).hasSize(guide.split("code-block::", -1).length - 1);
        assertThat(Port.ofTastytrade().names()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void every_name_of_ours_exists(Port port) {
        Map<String, String> all = new HashMap<>();
        for (String module : List.of("core", "providers", "storage/sqlite", "examples")) {
            all.putAll(sources(Path.of("..", module, "src/main/java")));
        }
        List<String> names = PortingPage.read(port.text()).ourNames().stream()
                .filter(name -> NAME.matcher(name).matches())
                .toList();
        assertThat(names).hasSizeGreaterThan(30);
        assertThat(names.stream().filter(name -> !exists(all, name))).isEmpty();
    }

    private static boolean exists(Map<String, String> sources, String name) {
        String[] parts = name.split("\\.");
        String source = sources.get(parts[0]);
        return source != null && (parts.length == 1 || source.matches("(?s).*\\b" + parts[1] + "\\b.*"));
    }

    static List<Port> portsWithCommands() {
        return ports().stream().filter(port -> !port.equals(Port.ofGlobus())).toList();
    }

    @ParameterizedTest
    @MethodSource("portsWithCommands")
    void every_command_exists(Port port) {
        List<String> commands = PortingPage.read(port.text()).commands();
        assertThat(commands).hasSizeGreaterThan(15).allMatch(PortingPageTest::isCommand);
    }

    @Test
    void what_is_no_command_is_found_out() {
        assertThat(List.of(
                        "evergrant clients make NAME",
                        "evergrant tenant",
                        "evergrant clients list --tenants ID",
                        "evergrants token"))
                .noneMatch(PortingPageTest::isCommand);
    }

    /** Whether the command line's sources have such a command, with such options. */
    private static boolean isCommand(String line) {
        Matcher words = COMMAND.matcher(line);
        if (!words.matches()) {
            return false;
        }
        Path cli = Path.of("../cli/src/main/java/io/github/evergrant/cli");
        String all = String.join("\n", sources(cli).values());
        String first = words.group("first");
        String second = words.group("second");
        boolean known = Pattern.compile("new Entry\\(\\s*\"" + first + "\"")
                        .matcher(all)
                        .find()
                && (second == null
                        || first.equals("login")
                        || String.join("\n", sources(cli.resolve(first)).values())
                                .contains("name = \"" + second + "\""));
        return known && OPTION.matcher(line).results().allMatch(option -> all.contains("\"" + option.group() + "\""));
    }

    @ParameterizedTest
    @MethodSource("ports")
    void every_address_leads_somewhere(Port port) {
        assertThat(ADDRESS.matcher(port.text()).results().map(it -> it.group(1)))
                .hasSizeGreaterThan(3)
                .allSatisfy(it -> assertThat(Path.of("../docs").resolve(it)).exists());
    }

    @Test
    void every_quirk_of_agavepy_is_told() {
        String text = Port.ofAgave().text();
        List<String> quirks = Pattern.compile("(?m)^\\| (Q\\d+) \\|")
                .matcher(Port.notes())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(quirks).hasSize(46).allSatisfy(quirk -> assertThat(text).containsPattern("\\b" + quirk + "\\b"));
    }

    /** The sources below a folder, by the names of their classes. */
    private static Map<String, String> sources(Path folder) {
        Map<String, String> all = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                all.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
