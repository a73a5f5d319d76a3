package io.github.camelpushgateway.gettingstarted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A page of the manual from which a reader copies an application: files, whose names are the titles of the listings, and commands.
 *
 * @param listings the listings, in the order of the page
 */
public record ManualPage(List<Listing> listings) {

    /** The folder of the project, seen from a module of the examples. */
    public static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern LISTING = Pattern.compile(
            "^(?:\\.(?<title>\\S[^\\n]*)\\n)?(?://[^\\n]*\\n)?\\[source,(?<language>\\w+)]\\n----\\n(?<content>.*?)^----$",
            Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.(?:java|properties|xml|yaml)");

    /**
     * A listing.
     *
     * @param title the title, or an empty text
     * @param language the language for highlighting
     * @param content the text of the listing
     */
    public record Listing(String title, String language, String content) {

        boolean isFile() {
            return FILE.matcher(title).matches();
        }
    }

    /** Reads a page. */
    public static ManualPage read(String name) throws IOException {
        String text = Files.readString(ROOT.resolve("docs/modules/ROOT/pages").resolve(name), UTF_8);
        return new ManualPage(LISTING.matcher(text)
                .results()
                .map(listing -> new Listing(
                        Objects.requireNonNullElse(listing.group(1), ""), listing.group(2), listing.group(3)))
                .toList());
    }

    /** Writes all files of the page to a folder. */
    public void writeFiles(Path folder) throws IOException {
        for (Listing listing : listings) {
            if (listing.isFile()) {
                Path file = folder.resolve(listing.title());
                Files.createDirectories(file.getParent());
                Files.writeString(file, listing.content(), UTF_8);
            }
        }
    }

    /** Returns the listings of one language that are not files. */
    public List<String> texts(String language) {
        return listings.stream()
                .filter(listing -> !listing.isFile() && listing.language().equals(language))
                .map(Listing::content)
                .toList();
    }
}
