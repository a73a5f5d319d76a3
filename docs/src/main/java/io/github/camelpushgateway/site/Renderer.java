package io.github.camelpushgateway.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Cursor;
import org.asciidoctor.ast.Document;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Renders AsciiDoc to HTML with Asciidoctor, whose start takes seconds: use one instance for all pages. */
final class Renderer implements AutoCloseable {

    /** How Asciidoctor, which has no attachments, renders {@code xref:attachment$file[]}. */
    private static final Pattern ATTACHMENT = Pattern.compile("#?attachment\\$");

    /** Held, because a logger that nobody refers to loses its configuration. */
    private static final Logger LOGGER = Logger.getLogger("asciidoctor");

    /** The folder of the site that contains the attachments. */
    static final String ATTACHMENTS = "attachments/";

    private final Asciidoctor asciidoctor;
    private final List<String> messages = new ArrayList<>();

    /** Starts Asciidoctor. */
    Renderer() {
        // native calls are not needed, and Java 24 and newer print a warning about them
        System.setProperty("jruby.native.enabled", "false");
        // a short program is slower with a compiler
        System.setProperty("jruby.compile.mode", "OFF");
        // messages are problems of a page, and not lines of a log
        LOGGER.setUseParentHandlers(false);
        asciidoctor = Asciidoctor.Factory.create();
        asciidoctor.registerLogHandler(this::add);
    }

    /**
     * Renders a page. The result contains the problems that Asciidoctor reports.
     *
     * @param attributes attributes of the page in addition to those of the site
     */
    RenderedPage render(String name, String source, Map<String, Object> attributes) {
        messages.clear();
        Document document = asciidoctor.load(source, options(attributes));
        Element body = Jsoup.parseBodyFragment(document.convert()).body();
        PropertiesListing.highlight(body);
        // a URL in code is an example, and not a link
        body.select("code a.bare").unwrap();
        for (Element link : body.select("a[href]")) {
            Matcher attachment = ATTACHMENT.matcher(link.attr("href"));
            if (attachment.lookingAt()) {
                link.attr("href", attachment.replaceFirst(ATTACHMENTS));
            }
        }
        return new RenderedPage(
                name,
                source,
                Jsoup.parse(String.valueOf(document.getDoctitle())).text(),
                body,
                document.getAttributes(),
                messages);
    }

    private static Options options(Map<String, Object> attributes) {
        Attributes all = Attributes.builder()
                .showTitle(true)
                .attribute("attribute-missing", "warn")
                .attribute("imagesdir", "images")
                .attribute("sectlinks", "")
                .attribute("source-highlighter", "rouge")
                .attribute("rouge-css", "class")
                // titles without "Table 1."
                .attribute("table-caption", null)
                .attribute("figure-caption", null)
                .build();
        attributes.forEach(all::setAttribute);
        return Options.builder()
                .safe(SafeMode.SECURE)
                .standalone(false)
                .attributes(all)
                .build();
    }

    private void add(LogRecord message) {
        if (message.getSeverity().compareTo(Severity.WARN) >= 0) {
            messages.add(position(message.getCursor()) + message.getMessage());
        }
    }

    private static String position(@Nullable Cursor cursor) {
        return cursor == null ? "" : "line " + cursor.getLineNumber() + ": ";
    }

    @Override
    public void close() {
        asciidoctor.shutdown();
    }
}
