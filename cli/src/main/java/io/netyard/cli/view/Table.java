package io.netyard.cli.view;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Columns of text, as wide as they have to be.
public final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    /// @param headings of the columns
    public Table(String... headings) {
        this.widths = new int[headings.length];
        row(headings);
    }

    /// Adds a row with a cell for each column.
    public void row(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + widths.length + " columns");
        }
        for (int column = 0; column < cells.length; column++) {
            widths[column] = Math.max(widths[column], cells[column].length());
        }
        rows.add(cells.clone());
    }

    /// Prints all rows.
    public void print(PrintWriter out) {
        for (String[] cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < cells.length; column++) {
                line.append(cells[column]);
                line.append(" ".repeat(widths[column] - cells[column].length())).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
