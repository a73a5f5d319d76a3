package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;

/**
 * Bar chart of the rows on a logarithmic scale, with the factor by which the component is better than another client.
 * Better results (faster or smaller) extend to the right of the line at 1.
 */
final class BarChart {

    private static final int LEFT = 530;
    private static final int RIGHT = 400;
    private static final int LINE = 20;
    private static final int TOP = 50;
    /** Length of the bar for a factor of 10. */
    private static final double DECADE = 150;
    /** Position of the factor 1, relative to {@link #LEFT}. */
    private static final double ONE = 60;

    private final StringBuilder svg = new StringBuilder();
    private final List<Row> rows;

    BarChart(List<Row> rows) {
        this.rows = rows;
    }

    String svg() {
        int y = TOP;
        for (Row row : rows) {
            for (Client other : row.clients()) {
                if (!row.isComponent(other)) {
                    bar(y, row.title(), other, row.improvement(other));
                    y += LINE;
                }
            }
            y += LINE / 2;
        }
        scale(y);
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="10" y="20" font-size="15">Factor by which camel-pushgateway is faster or smaller than another client (logarithmic)</text>
                %3$s</svg>
                """, LEFT + RIGHT + 60, y + LINE, svg);
    }

    private void bar(int y, String title, Client other, double factor) {
        double from = LEFT + ONE;
        double to = LEFT + ONE + Math.max(-ONE, Math.log10(factor) * DECADE);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s / %s</text>%n", LEFT - 8, y + 13, title, other.title());
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                Math.min(from, to), y + 2, Math.max(1, Math.abs(to - from)), LINE - 5, factor < 1 ? "#c66" : "#48a");
        add("<text x=\"%.1f\" y=\"%d\">%s ×</text>%n", Math.max(from, to) + 5, y + 13, format(factor));
    }

    private static String format(double factor) {
        return String.format(Locale.ROOT, factor < 10 ? "%.2f" : "%.0f", factor);
    }

    private void scale(int bottom) {
        for (int factor : new int[] {1, 10, 100}) {
            double x = LEFT + ONE + Math.log10(factor) * DECADE;
            add(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#888\"/>%n<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    x, TOP - 5, x, bottom, x, TOP - 10, factor);
        }
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
