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

/** Finds links and images without a target, and links without a name. */
final class LinkCheck {

    private static final Pattern EXTERNAL = Pattern.compile("(?:https?|mailto):.*");

    /** The text of a link that has none: a bracketed id, a URL, or the name of a file. */
    private static final Pattern NO_NAME =
            Pattern.compile("|\\[.*]|(?:https?|mailto):\\S*|[\\w./-]+\\.(?:adoc|html)(?:#.*)?|attachment\\$\\S+");

    /** The name of a link that does not describe its target to a reader of a list of links. */
    private static final Pattern VAGUE_NAME = Pattern.compile(
            "(?:click |see )?here|(?:this )?(?:link|page)|this|(?:read )?more", Pattern.CASE_INSENSITIVE);

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
        for (Element link : page.body().select("a[href]")) {
            String target = link.attr("href");
            if (!hasTarget(page.file(), target)) {
                problems.add("the link to " + target + " has no target");
            }
            if (NO_NAME.matcher(link.text()).matches()) {
                problems.add("the link to " + target + " has no name");
            } else if (VAGUE_NAME.matcher(link.text()).matches()) {
                problems.add("the link to " + target + " has a name that does not describe it: " + link.text());
            }
        }
        if (!page.markdown().isEmpty() && !attachments.contains(page.markdown())) {
            problems.add("the attachment " + page.markdown() + " is missing");
        }
        page.body().select("img").eachAttr("src").stream()
                .filter(image -> !images.contains(image))
                .forEach(image -> problems.add("the image " + image + " is missing"));
        ids(page)
                .filter(id -> page.body().select("[id=\"" + id + "\"]").size() > 1)
                .distinct()
                .forEach(id -> problems.add("the anchor " + id + " is not unique"));
        return problems;
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
