package io.github.camelpushgateway.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Language of a page. */
enum Markup {
    ASCII_DOC {
        @Override
        String code(String code) {
            return PLAIN_CODE.matcher(code).matches() ? "`" + code + "`" : "`+" + code + "+`";
        }
    },
    MARKDOWN {
        @Override
        String code(String code) {
            return "`" + code + "`";
        }
    };

    private static final int MAX_COLUMNS = 120;

    private static final Pattern PLAIN_CODE = Pattern.compile("[\\w$:;,/=-]+(\\.[\\w$:;,/=-]+)*");

    /** A word, without the punctuation around it. */
    private static final Pattern WORD = Pattern.compile("([(\"]*)(.*?)([.,;:)\"]*)", Pattern.DOTALL);

    /** Words of descriptions that are code. */
    private static final Pattern CODE = Pattern.compile(
            ".*[=_*#{}$\\\\].*|.*://.*|/\\S+|--\\S+|[a-z]+[A-Z]\\w*|[a-zA-Z][\\w-]*([.:][\\w-]+)+|\\w+:/\\S+");

    abstract String code(String code);

    /** Renders text whose code is in backticks. */
    String text(String text) {
        List<String> parts = Arrays.asList(text.split("`", -1));
        StringBuilder rendered = new StringBuilder();
        for (int part = 0; part < parts.size(); part++) {
            rendered.append(part % 2 == 0 ? parts.get(part) : code(parts.get(part)));
        }
        return rendered.toString();
    }

    /** Renders a cell. Its code is in backticks, or is recognised by its characters. */
    String cell(String cell) {
        List<String> parts = Arrays.asList(cell.split("`", -1));
        StringBuilder rendered = new StringBuilder();
        for (int part = 0; part < parts.size(); part++) {
            rendered.append(part % 2 == 0 ? description(parts.get(part)) : code(parts.get(part)));
        }
        return rendered.toString().replace("|", "\\|");
    }

    /**
     * Puts the values of an option in backticks, where its description explains them ("push replaces") or lists them ("push
     * or delete").
     */
    static String markValues(String description, Collection<String> values) {
        if (values.isEmpty()) {
            return description;
        }
        String value = values.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?<![\\w=])(?:", ")\\b"));
        Pattern marked = Pattern.compile(
                value + "(?= (?:also )?[a-z]+s\\b)|" + value + "(?:, " + value + ")*,? (?:and|or) " + value);
        Pattern single = Pattern.compile(value);
        return marked.matcher(description)
                .replaceAll(found ->
                        Matcher.quoteReplacement(single.matcher(found.group()).replaceAll("`$0`")));
    }

    private String description(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            Matcher parts = WORD.matcher(word);
            boolean code = parts.matches() && CODE.matcher(parts.group(2)).matches();
            words.add(code ? parts.group(1) + code(parts.group(2)) + parts.group(3) : word);
        }
        return String.join(" ", words);
    }

    /** Breaks text at spaces. */
    static String wrap(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            boolean fits = column + 1 + word.length() <= MAX_COLUMNS;
            if (column > 0) {
                lines.append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
