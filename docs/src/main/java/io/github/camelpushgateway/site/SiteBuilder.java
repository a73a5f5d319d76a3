package io.github.camelpushgateway.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Builds the site of the manual. */
public final class SiteBuilder {

    private static final List<String> ASSETS = List.of("site.css", "site.js");

    private final Manual manual;
    private final Navigation navigation;
    private final List<RenderedPage> pages = new ArrayList<>();

    /** Renders all pages. */
    SiteBuilder(Manual manual, Renderer renderer) {
        this.manual = manual;
        manual.pages().forEach((name, source) -> pages.add(renderer.render(name, source, manual.attributes())));
        navigation = new Navigation(renderer.render("nav", manual.navigation(), manual.attributes()));
    }

    /**
     * Builds the site from the folder of the first argument, which contains {@code antora.yml}, in the folder of the second. The
     * third argument is the version. The exit code is 1 if a page has a problem.
     */
    public static void main(String[] args) throws IOException {
        Manual manual = Manual.read(Path.of(args[0]));
        try (Renderer renderer = new Renderer()) {
            new SiteBuilder(manual, renderer).write(Path.of(args[1]), args[2]);
        } catch (BrokenSiteException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Returns the problems of all pages. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        LinkCheck links = new LinkCheck(pages, manual);
        for (RenderedPage page : pages) {
            Stream.of(
                            page.messages().stream(),
                            links.problems(page).stream(),
                            TableCheck.problems(page).stream(),
                            TextCheck.differences(page).stream())
                    .flatMap(found -> found)
                    .forEach(problem -> problems.add(page.name() + ".adoc: " + problem));
        }
        navigationProblems().forEach(problem -> problems.add("nav.adoc: " + problem));
        return problems;
    }

    private Stream<String> navigationProblems() {
        List<String> listed = navigation.files();
        List<String> existing = pages.stream().map(RenderedPage::file).toList();
        Set<String> attachments = LinkCheck.files(Renderer.ATTACHMENTS, manual.attachments());
        Set<String> seen = new HashSet<>();
        return Stream.of(
                        navigation.problems().stream(),
                        existing.stream().filter(file -> !listed.contains(file)).map(file -> file + " is not listed"),
                        listed.stream()
                                .filter(file -> !existing.contains(file) && !attachments.contains(file))
                                .map(file -> file + " does not exist"),
                        listed.stream().filter(file -> !seen.add(file)).map(file -> file + " is listed twice"))
                .flatMap(found -> found);
    }

    /** Writes the site. Nothing is written if a page has a problem. */
    void write(Path folder, String version) throws IOException, BrokenSiteException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new BrokenSiteException(problems);
        }
        Files.createDirectories(folder);
        PageTemplate template = new PageTemplate(resource("page.html"), manual.title(), version);
        SearchIndex index = new SearchIndex();
        for (RenderedPage page : pages) {
            Files.writeString(folder.resolve(page.file()), template.apply(page, navigation), UTF_8);
        }
        List<String> order = navigation.files();
        pages.stream()
                .sorted(Comparator.comparingInt(page -> order.indexOf(page.file())))
                .forEach(index::add);
        Files.writeString(folder.resolve("search-index.js"), index.script(), UTF_8);
        for (String asset : ASSETS) {
            Files.writeString(folder.resolve(asset), resource(asset), UTF_8);
        }
        copy(manual.images(), folder.resolve("images"));
        copy(manual.attachments(), folder.resolve(Renderer.ATTACHMENTS));
    }

    private static void copy(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = SiteBuilder.class.getResourceAsStream("/site/" + name)) {
            if (content == null) {
                throw new IOException("missing resource: " + name);
            }
            return new String(content.readAllBytes(), UTF_8);
        }
    }
}
