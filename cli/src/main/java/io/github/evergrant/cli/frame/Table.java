package io.github.evergrant.cli.frame;

import java.util.ArrayList;
import java.util.List;

/** A table for people: a header, columns as wide as their widest cell. For one thread. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row; what is in it may come from disk or network. */
    public Table row(String... cells) {
        rows.add(List.of(cells).stream().map(Printable::text).toList());
        return this;
    }

    /** Whether there is nothing below the header. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, without white space at their ends. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                if (column == widths.size()) {
                    widths.add(0);
                }
                widths.set(column, Math.max(widths.get(column), width(row.get(column))));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell)
                    .append(" ".repeat(widths.get(column) - width(cell)))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
