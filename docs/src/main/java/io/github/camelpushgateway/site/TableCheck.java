package io.github.camelpushgateway.site;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Finds tables whose cells are not in the intended columns, and cells that end at a pipe in code. In the source, each row begins on a new line. If there is an empty line
 * between cells, a row begins after it.
 */
final class TableCheck {

    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");

    private TableCheck() {}

    static List<String> problems(RenderedPage page) {
        List<String> problems = new ArrayList<>();
        List<List<String>> sources = tables(page.source());
        for (List<String> lines : sources) {
            CELL.splitAsStream(String.join("\n", lines))
                    .filter(cell -> cell.chars().filter(c -> c == '`').count() % 2 == 1)
                    .forEach(cell -> problems.add(
                            "a cell ends within code, at \"" + cell.strip() + "\"; write a pipe in code as \\|"));
        }
        Elements tables = page.body().select("table.tableblock");
        if (sources.size() != tables.size()) {
            problems.add(sources.size() + " tables are rendered as " + tables.size());
            return problems;
        }
        for (int i = 0; i < sources.size(); i++) {
            check(sources.get(i), tables.get(i), problems);
        }
        return problems;
    }

    private static void check(List<String> lines, Element table, List<String> problems) {
        int columns = table.select("colgroup col").size();
        int cells = 0;
        boolean afterBlank = false;
        for (String line : lines) {
            int inRow = cells % columns;
            int count = (int) CELL.matcher(line).results().count();
            if ((inRow > 0 && count > 0 && afterBlank) || inRow + count > columns) {
                problems.add("a row does not have " + columns + " cells, at the line \"" + line + "\"");
                return;
            }
            cells += count;
            afterBlank = line.isBlank();
        }
        int rendered = table.select("th, td").size();
        if (cells != rendered) {
            problems.add("a table of " + cells + " cells is rendered with " + rendered + " cells");
        }
    }

    private static List<List<String>> tables(String source) {
        List<List<String>> tables = new ArrayList<>();
        boolean table = false;
        for (String line : source.lines().toList()) {
            if (line.equals("|===")) {
                table = !table;
                if (table) {
                    tables.add(new ArrayList<>());
                }
            } else if (table) {
                tables.get(tables.size() - 1).add(line);
            }
        }
        return tables;
    }
}
