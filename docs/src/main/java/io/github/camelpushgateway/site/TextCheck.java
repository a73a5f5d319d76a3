package io.github.camelpushgateway.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Finds text that a page loses or changes when it is rendered, such as the asterisks in <code>`a-*` and `b-*`</code>. */
final class TextCheck {

    /** All white space, also that of typography. */
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\u200B]+");

    private static final int CONTEXT = 30;

    /** The number of equal characters after which the texts are equal again, and the longest difference before them. */
    private static final int EQUAL = 12;

    private static final int LIMIT = 1000;

    private TextCheck() {}

    /** Returns a description of each difference. */
    static List<String> differences(RenderedPage page) {
        String expected = SPACE.matcher(SourceText.of(page.source(), page.attributes(), titles(page.body())))
                .replaceAll("");
        String actual = SPACE.matcher(text(page.body())).replaceAll("");
        List<String> differences = new ArrayList<>();
        int source = 0;
        int rendered = 0;
        while (source < expected.length() || rendered < actual.length()) {
            if (expected.regionMatches(source, actual, rendered, 1)) {
                source++;
                rendered++;
                continue;
            }
            differences.add(
                    "the text \"" + excerpt(expected, source) + "\" is rendered as \"" + excerpt(actual, rendered)
                            + "\" (without spaces); write code that AsciiDoc must not change as `+code+`");
            Gap gap = gap(expected.substring(source), actual.substring(rendered));
            source += gap.source();
            rendered += gap.rendered();
        }
        return differences;
    }

    /** The lengths of the texts that differ. */
    private record Gap(int source, int rendered) {}

    private static Gap gap(String source, String rendered) {
        for (int total = 1; total < LIMIT; total++) {
            for (int skipped = 0; skipped <= total; skipped++) {
                if (skipped + EQUAL <= source.length()
                        && source.regionMatches(skipped, rendered, total - skipped, EQUAL)) {
                    return new Gap(skipped, total - skipped);
                }
            }
        }
        // nothing is equal again: the rest of the page is one difference
        return new Gap(source.length(), rendered.length());
    }

    private static String excerpt(String text, int position) {
        return text.substring(Math.max(0, position - CONTEXT), Math.min(text.length(), position + CONTEXT));
    }

    /** Returns the titles of the sections by their ids. */
    private static Map<String, String> titles(Element body) {
        return body.select("h2[id], h3[id], h4[id]").stream()
                .collect(Collectors.toMap(Element::id, Element::wholeText, (first, second) -> first));
    }

    private static String text(Element body) {
        Element shown = body.clone();
        shown.select(".admonitionblock td.icon").remove();
        return shown.wholeText();
    }
}
