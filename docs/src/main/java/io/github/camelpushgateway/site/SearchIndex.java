package io.github.camelpushgateway.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jsoup.nodes.Element;

/** The text of all sections, for the search in the browser. */
final class SearchIndex {

    /**
     * A section of a page.
     *
     * @param link the file, and the anchor of the section
     * @param page the title of the page
     */
    record Entry(String link, String page, String title, String text) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds a page: first its text before the sections, then the sections in their order. */
    void add(RenderedPage page) {
        List<Entry> added = new ArrayList<>();
        Element body = page.body().clone();
        // inner sections first: an outer section has the text that is left
        List<Element> sections = new ArrayList<>(body.select("div.sect1, div.sect2, div.sect3"));
        Collections.reverse(sections);
        for (Element section : sections) {
            Element heading = section.selectFirst("h2, h3, h4");
            if (heading != null) {
                String title = heading.text();
                String link = page.file() + "#" + heading.id();
                heading.remove();
                added.add(new Entry(link, page.title(), title, section.text()));
                section.remove();
            }
        }
        body.select("h1").remove();
        added.add(new Entry(page.file(), page.title(), "", body.text()));
        Collections.reverse(added);
        entries.addAll(added);
    }

    /** Returns a script, because a browser loads no JSON from files. */
    String script() {
        try {
            return "const searchIndex = " + new ObjectMapper().writeValueAsString(entries) + ";\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the search index cannot be written", e);
        }
    }
}
