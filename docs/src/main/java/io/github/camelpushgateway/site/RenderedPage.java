package io.github.camelpushgateway.site;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * A page and its HTML.
 *
 * @param name the name of the file without extension
 * @param title the title as plain text
 * @param body the element that contains the HTML of the page
 * @param attributes the AsciiDoc attributes at the end of the page
 * @param messages what Asciidoctor warns about
 */
record RenderedPage(
        String name, String source, String title, Element body, Map<String, Object> attributes, List<String> messages) {

    RenderedPage {
        attributes = Map.copyOf(attributes);
        messages = List.copyOf(messages);
    }

    /** Returns the file of the site that has the content of the page as Markdown, too, or an empty text. */
    String markdown() {
        Object attachment = attributes.get("page-markdown");
        return attachment == null ? "" : Renderer.ATTACHMENTS + attachment;
    }

    /** Returns the name of the HTML file. */
    String file() {
        return name + ".html";
    }
}
