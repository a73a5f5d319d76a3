package io.github.camelpushgateway.reference;

import java.util.List;

/**
 * Page of the reference. Its text is plain, except for code in backticks.
 *
 * @param file the name of the page, without an extension
 * @param seeAlso a paragraph in AsciiDoc, only for the page of the site
 * @param dependencies the artifacts that a user of the page needs, in AsciiDoc, only for the page of the site
 */
record Page(String file, String title, String intro, List<Section> sections, String seeAlso, String dependencies) {

    private static final String EVERY_ROUTE =
            "only the xref:compatibility.adoc#_dependencies_of_routes[dependencies of every route]";

    /** Creates a page that needs only the dependencies of every route. */
    Page(String file, String title, String intro, List<Section> sections, String seeAlso) {
        this(file, title, intro, sections, seeAlso, EVERY_ROUTE);
    }

    /** Returns the page with other dependencies. */
    Page withDependencies(String others) {
        return new Page(file, title, intro, sections, seeAlso, others);
    }

    /**
     * Returns the page with dependencies in addition to the dependencies of every route.
     *
     * @param further a sentence without its point
     */
    Page withFurtherDependencies(String further) {
        return withDependencies(EVERY_ROUTE.replaceFirst("^only ", "") + ". " + further);
    }

    /**
     * Section of a page with one table.
     *
     * @param title the title, or an empty string
     * @param intro the text before the table, or an empty string
     * @param columns the titles of the columns
     * @param widths the widths of the columns, in the syntax of AsciiDoc
     * @param rows the cells. Code in the last cell of a row need not be marked
     */
    record Section(String title, String intro, List<String> columns, String widths, List<List<String>> rows) {}

    private static final String COMMENT = "Generated from the code: ./mvnw -Dquick verify -Ddocs.update=true";

    /** The site refers to the Markdown in the head of the page. */
    private static final String ALTERNATE = ":page-markdown: reference.md";

    String asciiDoc() {
        StringBuilder page = new StringBuilder("= " + title + "\n" + ALTERNATE + "\n\n// " + COMMENT + "\n\n");
        page.append(paragraph(Markup.ASCII_DOC, intro));
        page.append('\n')
                .append(Markup.wrap("Dependencies: " + dependencies + "."))
                .append('\n');
        for (Section section : sections) {
            if (!section.title().isEmpty()) {
                page.append("\n== ").append(section.title()).append("\n");
            }
            if (!section.intro().isEmpty()) {
                page.append('\n').append(paragraph(Markup.ASCII_DOC, section.intro()));
            }
            page.append("\n[cols=\"").append(section.widths()).append("\"]\n|===\n");
            page.append("| ").append(String.join(" | ", section.columns())).append('\n');
            for (List<String> row : section.rows()) {
                page.append('\n')
                        .append(Markup.wrap(row(Markup.ASCII_DOC, row)))
                        .append('\n');
            }
            page.append("|===\n");
        }
        return seeAlso.isEmpty() ? page.toString() : page + "\n" + Markup.wrap(seeAlso) + "\n";
    }

    String markdown() {
        StringBuilder page = new StringBuilder("## " + title + "\n\n");
        page.append(paragraph(Markup.MARKDOWN, intro));
        for (Section section : sections) {
            if (!section.title().isEmpty()) {
                page.append("\n### ").append(section.title()).append("\n");
            }
            if (!section.intro().isEmpty()) {
                page.append('\n').append(paragraph(Markup.MARKDOWN, section.intro()));
            }
            page.append("\n| ").append(String.join(" | ", section.columns())).append(" |\n");
            page.append("|---".repeat(section.columns().size())).append("|\n");
            for (List<String> row : section.rows()) {
                page.append(row(Markup.MARKDOWN, row)).append(" |\n");
            }
        }
        return page.toString();
    }

    private static String paragraph(Markup markup, String text) {
        return Markup.wrap(markup.text(text)) + "\n";
    }

    private static String row(Markup markup, List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (String cell : cells) {
            row.append(row.isEmpty() ? "" : " ").append(("| " + markup.cell(cell)).strip());
        }
        return row.toString();
    }
}
