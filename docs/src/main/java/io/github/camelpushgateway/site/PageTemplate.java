package io.github.camelpushgateway.site;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;

/**
 * The frame around each page.
 *
 * @param html a text with placeholders such as <code>{{title}}</code>
 * @param site the name of the site
 * @param version the version of the component
 */
record PageTemplate(String html, String site, String version) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    /** After a slash, between the words of a name in camel case, and after a separator in a name. */
    private static final Pattern BREAK =
            Pattern.compile("(?<=/)(?=[^/])|(?<=[a-z\\d]{3})(?=[A-Z][a-z])|(?<=\\p{Alpha}{2}[.=_-])(?=\\p{Alpha})");

    /** The number of characters of a line of a narrow column. */
    private static final int SHORT = 14;

    /** The number of characters above which code in a table may be broken anywhere. */
    private static final int MAX_UNBROKEN = 28;

    String apply(RenderedPage page, Navigation navigation) {
        Map<String, String> values = Map.of(
                "alternate", alternate(page.markdown()),
                "title", Entities.escape(page.title()),
                "site", Entities.escape(site),
                "version", Entities.escape(version),
                "navigation", navigation.html(page.file()),
                "contents", contents(page.body()),
                "previous", navigation.neighbour(page.file(), -1),
                "next", navigation.neighbour(page.file(), 1),
                "body", body(page.body()));
        return PLACEHOLDER.matcher(html).replaceAll(found -> Matcher.quoteReplacement(value(values, found.group(1))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("unknown placeholder: " + name);
        }
        return value;
    }

    /** Programs find the file without the text of the page. */
    private static String alternate(String markdown) {
        return markdown.isEmpty()
                ? ""
                : "<link rel=\"alternate\" type=\"text/markdown\" href=\"%s\">\n".formatted(Entities.escape(markdown));
    }

    /**
     * Wide tables scroll within the page, and not with it. The keyboard can scroll what has the focus. On a narrow screen, each cell
     * is a line with the title of its column.
     */
    private static String body(Element body) {
        Element copy = body.clone();
        copy.select("table.tableblock").wrap("<div class=\"scroll\" tabindex=\"0\"></div>");
        copy.select("pre").attr("tabindex", "0");
        copy.select("td code").stream()
                .filter(code -> code.text().length() > MAX_UNBROKEN)
                .forEach(code -> code.addClass("long"));
        copy.select("td code").forEach(PageTemplate::breakBetweenWords);
        for (Element table : copy.select("table")) {
            List<String> titles = table.select("> thead > tr > th").eachText();
            for (Element row : table.select("> thead + tbody > tr")) {
                Elements cells = row.select("> td");
                for (int i = 0; i < cells.size(); i++) {
                    cells.get(i).attr("data-label", i < titles.size() ? titles.get(i) : "");
                }
            }
        }
        return copy.html();
    }

    /** Lets a browser break a URL or a long name between its words. Otherwise it widens its column, or is broken within a word. */
    private static void breakBetweenWords(Element code) {
        for (TextNode text : code.textNodes()) {
            if (text.getWholeText().length() <= SHORT) {
                continue;
            }
            List<String> parts = BREAK.splitAsStream(text.getWholeText()).toList();
            parts.stream()
                    .limit(parts.size() - 1L)
                    .forEach(part -> text.before(new TextNode(part)).before(new Element("wbr")));
            text.text(parts.get(parts.size() - 1));
        }
    }

    private static String contents(Element body) {
        return body.select("h2[id], h3[id]").stream()
                .map(heading -> "<li class=\"%s\"><a href=\"#%s\">%s</a></li>"
                        .formatted(heading.normalName(), heading.id(), Entities.escape(heading.text())))
                .collect(Collectors.joining("\n"));
    }
}
