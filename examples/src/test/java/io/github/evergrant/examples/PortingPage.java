package io.github.evergrant.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page for those who come from another library: its tables, held against the code of the guides that it shows line by line,
 * and against our programs. White space never counts.
 *
 * @param lines the rows of the tables that follow a mark: what stands in the guides, and what in our programs
 * @param names the rows of the others
 */
record PortingPage(List<Row> lines, List<Row> names) {

    private static final String MARK = "<!-- lines -->";
    private static final Pattern SPAN = Pattern.compile("(`+) ?(.+?) ?\\1(?!`)");

    /**
     * One row of a table.
     *
     * @param command what does it on the command line; empty where the table does not say
     */
    record Row(String there, String here, String command) {

        Row(String there, String here) {
            this(there, here, "");
        }
    }

    static PortingPage read(String page) {
        List<Row> lines = new ArrayList<>();
        List<Row> names = new ArrayList<>();
        boolean ofLines = false;
        for (String line : page.substring(page.indexOf(MARK)).split("\n", -1)) {
            if (line.equals(MARK)) {
                ofLines = true;
            } else if (line.isEmpty()) {
                ofLines = false;
            } else if (line.startsWith("| ") && !line.startsWith("| there |")) {
                String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
                if (cells.length != 2 && (ofLines || cells.length != 3)) {
                    throw new AssertionError("no row of two cells: " + line);
                }
                if (ofLines) {
                    lines.add(new Row(code(cells[0]), code(cells[1])));
                } else {
                    names.add(new Row(cells[0], cells[1], cells.length == 3 ? cells[2] : ""));
                }
            }
        }
        return new PortingPage(List.copyOf(lines), List.copyOf(names));
    }

    /**
     * What of the guides' code has no row, what of the rows is not the guides' or not in our programs, and which names have
     * no row; empty if all is well.
     *
     * @param code of the guides, in the order of the page
     * @param expected how rows of names must begin, or what they must hold
     */
    List<String> faults(String code, List<String> expected, String programs) {
        List<String> faults = new ArrayList<>();
        String left = squeezed(code);
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
        for (String name : expected) {
            if (names.stream().noneMatch(row -> isOf(row, name))) {
                faults.add("no row for the name " + name);
            }
        }
        return faults;
    }

    /** Whether a row is about a name, as a whole word. */
    static boolean isOf(Row row, String name) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
                .matcher(row.there())
                .find();
    }

    /** The code spans of our side of the names. */
    List<String> ourNames() {
        return names.stream().flatMap(row -> spans(row.here()).stream()).toList();
    }

    /** The code spans of what is to be typed. */
    List<String> commands() {
        return names.stream().flatMap(row -> spans(row.command()).stream()).toList();
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

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
