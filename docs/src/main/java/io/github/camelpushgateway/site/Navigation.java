package io.github.camelpushgateway.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** The list of all pages, from {@code nav.adoc}. */
final class Navigation {

    private final RenderedPage rendered;

    Navigation(RenderedPage rendered) {
        this.rendered = rendered;
    }

    /** Returns the HTML files and the attachments in the order of the navigation. */
    List<String> files() {
        return links(rendered.body()).eachAttr("href");
    }

    /** Returns what Asciidoctor warns about, lost text, and links whose names do not describe or distinguish their targets. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(rendered.messages());
        problems.addAll(TextCheck.differences(rendered));
        problems.addAll(LinkCheck.problemsOfNames(rendered.body()));
        for (Element group : rendered.body().children()) {
            Set<String> names = new HashSet<>();
            links(group).eachText().stream()
                    .filter(name -> !names.add(name))
                    .forEach(name -> problems.add("two links of a group have the name " + name));
        }
        return problems;
    }

    /** Returns the HTML of the list, in which the link of a page is marked. */
    String html(String currentFile) {
        Element list = rendered.body().clone();
        links(list).stream()
                .filter(link -> link.attr("href").equals(currentFile))
                .forEach(link -> link.attr("aria-current", "page"));
        return list.html();
    }

    /** Returns a link to the next or previous page, or an empty text at the end of the list. Attachments are skipped. */
    String neighbour(String currentFile, int distance) {
        List<Element> pages = links(rendered.body()).stream()
                .filter(link -> !link.attr("href").startsWith(Renderer.ATTACHMENTS))
                .toList();
        List<String> files = pages.stream().map(link -> link.attr("href")).toList();
        int index = files.indexOf(currentFile) + distance;
        if (index < 0 || index >= pages.size()) {
            return "";
        }
        return pages.get(index)
                .clone()
                .attr("rel", distance > 0 ? "next" : "prev")
                .outerHtml();
    }

    private static Elements links(Element list) {
        return list.select("a[href]");
    }
}
