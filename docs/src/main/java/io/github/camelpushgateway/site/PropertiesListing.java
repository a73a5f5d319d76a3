package io.github.camelpushgateway.site;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Highlights listings of properties, in which Rouge takes a value such as {@code #class:a.B} for a comment. */
final class PropertiesListing {

    private static final Pattern COMMENT = Pattern.compile("\\s*[#!].*");
    private static final Pattern PROPERTY = Pattern.compile("(\\s*[^=:\\s]+)(\\s*[=:]\\s*)(.*)");

    private PropertiesListing() {}

    static void highlight(Element body) {
        for (Element code : body.select("code[data-lang=properties]")) {
            String text = code.wholeText();
            code.empty();
            text.lines().forEach(line -> addLine(code, line));
        }
    }

    private static void addLine(Element code, String line) {
        var property = PROPERTY.matcher(line);
        if (COMMENT.matcher(line).matches()) {
            add(code, "c", line);
        } else if (property.matches()) {
            add(code, "py", property.group(1));
            code.appendText(property.group(2));
            add(code, "s", property.group(3));
        } else {
            // the continuation of a value
            add(code, "s", line);
        }
        code.appendText("\n");
    }

    private static void add(Element code, String kind, String text) {
        code.appendElement("span").addClass(kind).text(text);
    }
}
