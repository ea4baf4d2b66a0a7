package io.github.evergrant.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** All that was measured in one run, as Markdown. For one thread. */
final class Table {

    private static final String[] HEADS = {"what", "who", "measured", "÷ floor", "promised", ""};

    private final List<Row> rows = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
    }

    boolean allKept() {
        return rows.stream().noneMatch(row -> row.verdict() == Verdict.BROKEN);
    }

    List<Row> broken() {
        return rows.stream().filter(row -> row.verdict() == Verdict.BROKEN).toList();
    }

    String text() {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADS);
        String before = "";
        for (Row row : rows) {
            String[] cells = row.cells();
            cells[0] = row.what().equals(before) ? "" : cells[0];
            before = row.what();
            lines.add(cells);
        }
        int[] widths = new int[HEADS.length];
        for (String[] cells : lines) {
            for (int i = 0; i < cells.length; i++) {
                widths[i] = Math.max(widths[i], cells[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] cells : lines) {
            line(text, cells, widths);
            if (cells == HEADS) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String[] cells, int[] widths) {
        for (int i = 0; i < cells.length; i++) {
            text.append("| ").append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 1));
        }
        text.append("|\n");
    }

    void printTo(PrintStream out) {
        out.print(text());
        broken().forEach(row -> out.println("NOT KEPT: " + row.what() + ", " + row.who() + ": " + row.measured()
                + (Double.isNaN(row.ratio()) ? "" : ", " + row.cells()[3]) + ", promised " + row.promise()));
    }
}
