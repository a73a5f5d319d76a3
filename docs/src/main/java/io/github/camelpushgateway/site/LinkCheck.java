package io.github.camelpushgateway.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/** Finds links and images without a target or a name, and anchors that are not unique. */
final class LinkCheck {

    private static final Pattern EXTERNAL = Pattern.compile("(?:https?|mailto):.*");

    /** The text of a link that has none: a bracketed id, a URL, or the name of a file. */
    private static final Pattern NO_NAME = Pattern.compile(
            "[\\p{P}\\p{S}]*|\\[.*]|(?:https?|mailto):\\S*|[\\w./-]+\\.(?:adoc|html)(?:#.*)?|attachment\\$\\S+");

    /** The name of a link that does not describe its target to a reader of a list of links. */
    private static final Pattern VAGUE_NAME = Pattern.compile(
            "(?:(?:(?:click|see|read) )?here|(?:(?:this|the) )?(?:link|page|section|chapter|table|list|document)|this"
                    + "|(?:(?:read|see|learn) )?more|(?:(?:more|further|the) )?(?:details?|information)|above|below)\\p{P}*",
            Pattern.CASE_INSENSITIVE);

    /** The ids in the frame around each page. */
    private static final Set<String> FRAME_IDS = Set.of("content", "results", "search");

    /** The anchors of each file. */
    private final Map<String, Set<String>> anchors;

    private final Set<String> images;

    private final Set<String> attachments;

    private final Javadoc javadoc;

    LinkCheck(List<RenderedPage> pages, Manual manual) {
        anchors = pages.stream()
                .collect(Collectors.toMap(
                        RenderedPage::file,
                        page -> Set.copyOf(
                                new HashSet<>(page.body().select("[id]").eachAttr("id")))));
        images = files("images/", manual.images());
        attachments = files(Renderer.ATTACHMENTS, manual.attachments());
        javadoc = manual.javadoc();
    }

    /** Returns the names in the site. */
    static Set<String> files(String folder, List<Path> files) {
        return files.stream().map(file -> folder + file.getFileName()).collect(Collectors.toSet());
    }

    List<String> problems(RenderedPage page) {
        List<String> problems = new ArrayList<>();
        page.body().select("a[href]").eachAttr("href").stream()
                .filter(target -> !hasTarget(page.file(), target))
                .forEach(target -> problems.add("the link to " + target + " has no target"));
        problems.addAll(problemsOfNames(page.body()));
        if (!page.markdown().isEmpty() && !attachments.contains(page.markdown())) {
            problems.add("the attachment " + page.markdown() + " is missing");
        }
        page.body().select("img").eachAttr("src").stream()
                .filter(image -> !images.contains(image))
                .forEach(image -> problems.add("the image " + image + " is missing"));
        page.body().select("img").stream()
                .filter(LinkCheck::hasNoText)
                .forEach(image -> problems.add("the image " + image.attr("src") + " has no text"));
        if (page.body().select("h1").isEmpty()) {
            problems.add("the page has no title");
        }
        ids(page)
                .filter(id -> page.body().select("[id=\"" + id + "\"]").size() > 1)
                .distinct()
                .forEach(id -> problems.add("the anchor " + id + " is not unique"));
        ids(page)
                .filter(FRAME_IDS::contains)
                .forEach(id -> problems.add("the anchor " + id + " is an id of the frame around the page"));
        return problems;
    }

    /** Returns the links whose names do not describe their targets. */
    static List<String> problemsOfNames(Element body) {
        List<String> problems = new ArrayList<>();
        for (Element link : body.select("a[href]")) {
            String target = link.attr("href");
            if (NO_NAME.matcher(link.text()).matches()) {
                problems.add("the link to " + target + " has no name");
            } else if (VAGUE_NAME.matcher(link.text()).matches()) {
                problems.add("the link to " + target + " has a name that does not describe it: " + link.text());
            }
        }
        return problems;
    }

    /** Returns whether the text of an image is its name, which Asciidoctor uses for an image without a text. */
    private static boolean hasNoText(Element image) {
        String file = image.attr("src").replaceFirst(".*/", "").replaceFirst("\\.[^.]*$", "");
        return image.attr("alt").isBlank() || image.attr("alt").equals(file.replaceAll("[_-]", " "));
    }

    private static Stream<String> ids(RenderedPage page) {
        return page.body().select("[id]").eachAttr("id").stream();
    }

    private boolean hasTarget(String file, String target) {
        if (EXTERNAL.matcher(target).matches()) {
            return true;
        }
        int hash = target.indexOf('#');
        String page = hash < 0 ? target : target.substring(0, hash);
        if (attachments.contains(target) || javadoc.contains(page)) {
            return true;
        }
        Set<String> ids = anchors.get(page.isEmpty() ? file : page);
        return ids != null && (hash < 0 || ids.contains(target.substring(hash + 1)));
    }
}
