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

    /** The text of a link that has none: a bracketed id, or the name of a file. */
    private static final Pattern NO_NAME = Pattern.compile("|\\[.*]|[\\w-]+\\.(?:adoc|html)(?:#.*)?");

    /** The anchors of each file. */
    private final Map<String, Set<String>> anchors;

    private final Set<String> images;

    LinkCheck(List<RenderedPage> pages, List<Path> images) {
        anchors = pages.stream()
                .collect(Collectors.toMap(
                        RenderedPage::file,
                        page -> Set.copyOf(
                                new HashSet<>(page.body().select("[id]").eachAttr("id")))));
        this.images =
                images.stream().map(image -> "images/" + image.getFileName()).collect(Collectors.toSet());
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
            }
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
        Set<String> ids = anchors.get(page.isEmpty() ? file : page);
        return ids != null && (hash < 0 || ids.contains(target.substring(hash + 1)));
    }
}
