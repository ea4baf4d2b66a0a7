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

    /** The lines, without white space at their ends. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell)
                    .append(" ".repeat(width(column) - cell.codePointCount(0, cell.length())))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(
                        row -> row.get(column).codePointCount(0, row.get(column).length()))
                .max()
                .orElse(0);
    }
}
