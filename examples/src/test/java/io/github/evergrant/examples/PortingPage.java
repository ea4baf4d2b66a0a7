package io.github.evergrant.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page for those who come from {@code globus_sdk}, held against the guide whose code it shows line by line, and against the
 * programs that it names. White space never counts.
 *
 * @param lines the rows of the first table: what stands in the guide, and what in our programs
 * @param names the rows of the others
 */
record PortingPage(List<Row> lines, List<Row> names) {

    private static final String BLOCK = ".. code-block:: python";
    private static final Pattern TITLE = Pattern.compile("Complete Example Usage\\s+~{4,}");
    private static final Pattern CLASS = Pattern.compile("(?::class:`|\\.\\. autoclass:: )(\\w+)");
    private static final Pattern SPAN = Pattern.compile("(`+) ?(.+?) ?\\1(?!`)");

    /** One row of a table. */
    record Row(String there, String here) {}

    static PortingPage read(String page) {
        List<Row> lines = new ArrayList<>();
        List<Row> names = new ArrayList<>();
        String[] parts = page.split("<!-- lines -->\n", 2);
        boolean first = true;
        for (String line : parts[1].split("\n", -1)) {
            if (line.startsWith("| `")) {
                String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
                if (cells.length != 2) {
                    throw new AssertionError("no row of two cells: " + line);
                }
                (first ? lines : names)
                        .add(first ? new Row(code(cells[0]), code(cells[1])) : new Row(cells[0], cells[1]));
            } else if (line.isEmpty() && !lines.isEmpty()) {
                first = false;
            }
        }
        return new PortingPage(List.copyOf(lines), List.copyOf(names));
    }

    /** What of the guide's code has no row, and what of the rows is not the guide's or not in our programs; empty if all is well. */
    List<String> faults(String guide, String programs) {
        List<String> faults = new ArrayList<>();
        String left = squeezed(codeOf(guide));
        String ours = squeezed(programs);
        for (Row row : lines) {
            String there = squeezed(row.there());
            if (left.startsWith(there)) {
                left = left.substring(there.length());
            } else {
                faults.add("not the guide's next line: " + row.there());
            }
            if (row.here().isBlank() || !ours.contains(squeezed(row.here()))) {
                faults.add("not in a program: " + row.here());
            }
        }
        if (!left.isEmpty()) {
            faults.add("no row for: " + left);
        }
        Matcher classes = CLASS.matcher(guide);
        while (classes.find()) {
            if (names.stream().noneMatch(row -> row.there().contains("`" + classes.group(1)))) {
                faults.add("no row for the class " + classes.group(1));
            }
        }
        return faults;
    }

    /** The code spans of our side of the names. */
    List<String> ourNames() {
        return names.stream().flatMap(row -> spans(row.here()).stream()).toList();
    }

    private static List<String> spans(String cell) {
        return SPAN.matcher(cell).results().map(span -> span.group(2)).toList();
    }

    /** A cell that is one span of code. */
    private static String code(String cell) {
        Matcher span = SPAN.matcher(cell);
        if (!span.matches()) {
            throw new AssertionError("no span of code: " + cell);
        }
        return span.group(2);
    }

    /** What stands between the mark of the only block of code and the title that follows, which is underlined. */
    private static String codeOf(String guide) {
        int begin = guide.indexOf(BLOCK);
        Matcher title = TITLE.matcher(guide);
        if (begin < 0 || !title.find(begin) || guide.indexOf(".. code-block::", begin + 1) >= 0) {
            throw new AssertionError("the guide is not the one that the page was written for");
        }
        return guide.substring(begin + BLOCK.length(), title.start());
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
