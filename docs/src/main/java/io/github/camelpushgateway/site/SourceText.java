package io.github.camelpushgateway.site;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The text that a reader of a page must see, taken from its source independently of Asciidoctor. It knows the part of AsciiDoc
 * that the manual uses. In it, text between backticks is literal, unlike in AsciiDoc, which formats it again.
 */
final class SourceText {

    private static final Pattern VERBATIM = Pattern.compile("-{4,}|\\.{4,}");
    private static final Pattern COMMENT_BLOCK = Pattern.compile("/{4,}");
    private static final Pattern OTHER_DELIMITER = Pattern.compile("={4,}|\\*{4,}|_{4,}|--|\\+");

    /** The lines without text that the manual uses. Any other comment, attribute or list of attributes may be text by mistake. */
    private static final Pattern NOT_SHOWN =
            Pattern.compile("// (?:file:|[Gg]enerated) .*|:[\\w-]+: \\S+|(?:ifdef|ifndef|endif)::.*"
                    + "|\\[(?:source|cols=|#)[^\\]]*]|image::\\S+\\[.*]");

    /** The marker of a title, an item of a list or an admonition. */
    private static final Pattern MARKER = Pattern.compile(
            "={1,6} |\\.(?=[^. ])|\\s*(?:[*-]+|\\.+) |(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): |(?<term>\\S.*?)::(?: |$)");

    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");

    private static final Pattern INLINE = Pattern.compile("""
            `\\+(?<passed>.+?)\\+`\
            |(?<![\\w`])`(?<code>[^`]+)`(?![\\w`])\
            |(?<![\\w`])\\+(?<plain>\\S(?:[^+]*\\S)?)\\+(?!\\w)\
            |(?:xref:|link:|(?=https?://))[^\\s\\[\\]]+\\[(?<link>[^\\]]*)]\
            |(?<reference><<[^>]+>>|\\[\\[[^\\]]+]])\
            |(?<![\\w*])\\*(?<strong>\\S(?:[^*]*\\S)?)\\*(?!\\w)\
            |(?<![\\w_])_(?<emphasis>\\S(?:[^_]*\\S)?)_(?!\\w)\
            |\\^(?<superscript>[^\\s^]+)\\^\
            |\\{(?<attribute>[\\w-]+)}\
            |(?<=\\w)(?<apostrophe>')(?=\\p{Alpha})\
            |(?<ellipsis>\\.{3})\
            |(?<wrap> \\+)$""", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern ATTRIBUTE = Pattern.compile("\\{([\\w-]+)}");

    private final Map<String, Object> attributes;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private @Nullable String delimiter;
    private boolean comment;
    private boolean literal;
    private boolean table;
    private boolean blank = true;

    private SourceText(Map<String, Object> attributes) {
        this.attributes = attributes;
    }

    /**
     * Returns the text of a page without the texts of references within the page, which AsciiDoc may derive from titles.
     *
     * @param attributes the values of the attributes that the page refers to
     */
    static String of(String page, Map<String, Object> attributes) {
        SourceText source = new SourceText(attributes);
        page.lines().forEach(source::add);
        source.endParagraph();
        return source.text.toString();
    }

    private void add(String line) {
        if (delimiter != null) {
            addVerbatim(line);
        } else if (VERBATIM.matcher(line).matches()
                || COMMENT_BLOCK.matcher(line).matches()) {
            endParagraph();
            delimiter = line;
            comment = line.startsWith("/");
        } else if (line.isBlank()) {
            endParagraph();
        } else if (literal
                || (blank && line.startsWith(" ") && !MARKER.matcher(line).lookingAt())) {
            literal = true;
            text.append(line).append('\n');
        } else if (line.equals("|===")) {
            endParagraph();
            table = !table;
        } else if (NOT_SHOWN.matcher(line).matches()
                || OTHER_DELIMITER.matcher(line).matches()) {
            endParagraph();
        } else if (table) {
            addCells(line);
        } else {
            addProse(line);
        }
        blank = line.isBlank();
    }

    private void addVerbatim(String line) {
        if (line.equals(delimiter)) {
            delimiter = null;
        } else if (!comment) {
            text.append(line).append('\n');
        }
    }

    private void addCells(String line) {
        String[] cells = CELL.split(line, -1);
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                endParagraph();
            }
            paragraph.append(cells[i].replace("\\|", "|")).append('\n');
        }
    }

    private void addProse(String line) {
        var marker = MARKER.matcher(line);
        if (!marker.lookingAt()) {
            paragraph.append(line).append('\n');
            return;
        }
        endParagraph();
        String term = marker.group("term");
        if (term != null) {
            paragraph.append(term);
            endParagraph();
        }
        paragraph.append(line, marker.end(), line.length()).append('\n');
        if (line.startsWith("=") || (line.startsWith(".") && !line.startsWith(". "))) {
            endParagraph();
        }
    }

    private void endParagraph() {
        text.append(inline(paragraph.toString().strip())).append('\n');
        paragraph.setLength(0);
        literal = false;
    }

    private String inline(String prose) {
        StringBuilder result = new StringBuilder();
        int copied = 0;
        for (MatchResult match : INLINE.matcher(prose).results().toList()) {
            result.append(prose, copied, match.start()).append(shown(match));
            copied = match.end();
        }
        return result.append(prose.substring(copied)).toString();
    }

    /** The groups of {@link #INLINE}, by number: Java 17 has no names in a {@code MatchResult}. */
    private String shown(MatchResult match) {
        int group = 1;
        while (match.group(group) == null) {
            group++;
        }
        String content = match.group(group);
        return switch (group) {
            case 1, 3 -> content;
            case 2 -> withAttributes(content);
            case 4, 6, 7, 8 -> inline(content);
            case 9 -> attribute(content);
            case 10 -> "\u2019";
            case 11 -> "\u2026";
            default -> "";
        };
    }

    private String withAttributes(String content) {
        return ATTRIBUTE.matcher(content).replaceAll(found -> Matcher.quoteReplacement(attribute(found.group(1))));
    }

    private String attribute(String name) {
        Object value = attributes.getOrDefault(name, name.equals("plus") ? "+" : null);
        return value == null ? "{" + name + "}" : Parser.unescapeEntities(value.toString(), false);
    }
}
