package io.github.evergrant.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The code of a notebook that was saved as text: each cell begins after a mark, and ends where prose or a heading does begin.
 *
 * @param cells in their order
 */
record Notebook(List<String> cells) {

    private static final String MARK = "In [None]:";

    /** A heading, or a sentence: no line of code at the margin begins with a capital letter and goes on with a word. */
    private static final Pattern PROSE = Pattern.compile("#{2,} .*|[A-Z][a-z]* [a-z].*");

    static Notebook cut(String document) {
        List<String> cells = new ArrayList<>();
        @Nullable StringBuilder cell = null;
        for (String line : document.split("\n", -1)) {
            if (line.equals(MARK)) {
                add(cells, cell);
                cell = new StringBuilder();
            } else if (PROSE.matcher(line).matches()) {
                add(cells, cell);
                cell = null;
            } else if (cell != null) {
                cell.append(line).append('\n');
            }
        }
        add(cells, cell);
        return new Notebook(List.copyOf(cells));
    }

    private static void add(List<String> cells, @Nullable StringBuilder cell) {
        if (cell != null) {
            cells.add(cell.toString().strip());
        }
    }

    String code() {
        return String.join("\n", cells);
    }
}
