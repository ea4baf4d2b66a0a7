package io.github.evergrant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All code is cut out of the tutorial, and a line more is found out. */
final class NotebookTest {

    private static final String TUTORIAL = Port.guide("spatiafi/app-credentials.txt");

    @Test
    void every_cell_is_cut_and_nothing_else() {
        List<String> cells = Notebook.cut(TUTORIAL).cells();

        assertThat(cells).hasSize(8).hasSize(TUTORIAL.split("In \\[None]:", -1).length - 1);
        assertThat(cells).noneMatch(String::isEmpty);
        assertThat(cells.get(0)).isEqualTo("!pip install requests authlib");
        assertThat(cells.get(3)).doesNotContain("work around").endsWith("seconds\")");
        assertThat(cells.get(7))
                .endsWith("print(f\"New access token expires in: {minutes} minutes, {seconds} seconds\")");
        String code = String.join("\n", cells);
        assertThat(TUTORIAL.lines().filter(line -> line.matches("(print|import|from|def|with|!).*")))
                .hasSizeGreaterThan(15)
                .allMatch(code::contains);
    }

    @Test
    void a_line_more_in_any_cell_is_found_out() {
        PortingPage page = PortingPage.read(Port.ofSpatiaFi().text());
        String programs = PortingPageTest.PROGRAMS;
        List<String> cells = Notebook.cut(TUTORIAL).cells();
        for (String cell : cells) {
            Port more = Port.ofSpatiaFi(TUTORIAL.replace(cell, cell + "\nmore(1)"));
            assertThat(page.faults(more.code(), more.names(), programs)).isNotEmpty();
        }
        Port cell = Port.ofSpatiaFi(TUTORIAL + "\n\nIn [None]:\nmore()\n");
        assertThat(page.faults(cell.code(), cell.names(), programs)).containsExactly("no row for: more()");
    }

    @Test
    void every_quirk_is_told() {
        String notes = Port.notes("spatiafi.md");
        String quirks = notes.substring(notes.indexOf("\n## 9."), notes.indexOf("\n## 10."));
        List<String> numbers = Pattern.compile("(?m)^(\\d+)\\. ")
                .matcher(quirks)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 13).mapToObj(Integer::toString).toList());
        assertThat(numbers)
                .allSatisfy(
                        number -> assertThat(Port.ofSpatiaFi().text()).containsPattern("(?m)^\\| " + number + "\\. "));
    }
}
