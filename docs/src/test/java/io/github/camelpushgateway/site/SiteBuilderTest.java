package io.github.camelpushgateway.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SiteBuilderTest {

    private static final String COMPONENT = """
            name: sample
            title: Sample
            asciidoc:
              attributes:
                repository: https://example.com/repository
            """;

    private static final String NAVIGATION = """
            .Getting started
            * xref:index.adoc[Overview]
            ** xref:other.adoc[Other]
            """;

    private static final String OTHER = """
            = Other page

            == Known section

            Text.
            """;

    private static Renderer renderer;

    @TempDir
    private Path repository;

    @TempDir
    private Path site;

    @BeforeAll
    static void startAsciidoctor() {
        renderer = new Renderer();
    }

    @AfterAll
    static void stopAsciidoctor() {
        renderer.close();
    }

    static Stream<Arguments> brokenPages() {
        return Stream.of(
                broken("page of a link", "xref:nowhere.adoc[Nowhere]", "the link to nowhere.html has no target"),
                broken("anchor of a link", "xref:other.adoc#gone[Gone]", "the link to other.html#gone has no target"),
                broken("anchor in the page", "<<gone,Gone>>", "the link to #gone has no target"),
                broken("relative file", "link:../pom.xml[The pom]", "the link to ../pom.xml has no target"),
                broken("name of a link", "xref:other.adoc[]", "the link to other.html has no name"),
                broken(
                        "link that shows its URL",
                        "https://example.com/a",
                        "the link to https://example.com/a has no name"),
                broken(
                        "link with a URL as its name",
                        "link:other.html[https://a.b]",
                        "the link to other.html has no name"),
                broken(
                        "link with a file as its name",
                        "xref:other.adoc[other.adoc]",
                        "the link to other.html has no name"),
                broken("attachment without a name", "xref:attachment$reference.md[]", "reference.md has no name"),
                vague("here"),
                vague("Here"),
                vague("click here"),
                vague("this page"),
                vague("This link"),
                vague("link"),
                vague("read more"),
                vague("here."),
                vague("this section"),
                vague("details"),
                vague("More details"),
                broken("link named by a sign", "xref:other.adoc[→]", "the link to other.html has no name"),
                broken("attachment", "xref:attachment$gone.md[Gone]", "the link to attachments/gone.md has no target"),
                broken(
                        "anchor of an attachment",
                        "xref:attachment$reference.md#a[Reference]",
                        "the link to attachments/reference.md#a has no target"),
                withoutJavadoc("javadoc/gone/index.html"),
                withoutJavadoc("javadoc/unpublished/index.html"),
                withoutJavadoc("javadoc/unpublished/a/b/Type.html"),
                withoutJavadoc("javadoc/resources/index.html"),
                withoutJavadoc("javadoc/known/a/b/Gone.html"),
                withoutJavadoc("javadoc/known/gone/package-summary.html"),
                withoutJavadoc("javadoc/known/../known/index.html"),
                withoutJavadoc("javadoc/known/"),
                withoutJavadoc("javadoc/index.html"),
                broken("image", "image::gone.svg[Gone]", "the image images/gone.svg is missing"),
                broken("attribute", "The {unknown} one.", "missing attribute: unknown"),
                broken("attribute in code", "The id is `${routeId}`.", "missing attribute: routeid"),
                broken("include", "include::gone.adoc[]", "rendered as"),
                broken("block without an end", "----\ncode", "unterminated listing block"),
                broken(
                        "anchor that is used twice",
                        "[#a]\n== One\n\n[#a]\n== Two",
                        "id assigned to section already in use"),
                broken("level of a section", "==== Too deep", "section title out of sequence"),
                broken("table without an end", "|===\n| a", "unterminated table block"),
                broken("cell too many", table("| `a|b` | 2\n\n| c | d"), "a row does not have 2 cells"),
                broken("cell missing in the last row", table("| a"), "dropping cells from incomplete row"),
                broken("cell missing in a row", table("| a\n\n| b | 2\n\n| c"), "a row does not have 2 cells"),
                broken(
                        "cell missing in a row of one cell a line",
                        table("| a\n\n| b\n| 2\n\n| c"),
                        "a row does not have 2 cells"),
                broken("asterisks", "Not `nightly-*` and not `tmp-*` either.", "Notnightly-*andnot"),
                broken("underscores", "Both `__name__` and more.", "Both__name__andmore."),
                broken("dots", "Write `RAW(...)`.", "rendered as \"OverviewWriteRAW(\u2026)."),
                broken("arrow", "Write `a->b`.", "rendered as \"OverviewWritea\u2192b."),
                broken("apostrophe in code", "Write `it's`.", "rendered as \"OverviewWriteit\u2019s."),
                broken("superscript", "Write `a^b^c`.", "rendered as \"OverviewWriteabc."),
                broken("line that is a comment", "One.\n//two/three", "rendered as"),
                broken("sentence that is a comment", "// Never delete this.", "rendered as"),
                broken("sentence in brackets", "[Never do this]", "rendered as"),
                broken("sentence that is an attribute", ":warning: this text is lost", "rendered as"),
                lost("globs", "Use pushgateway:tmp-*?operation=sweep or pushgateway:old-*?operation=sweep."),
                lost("globs of files", "Pack all files (*.jar,*.war) here."),
                lost("list of globs", "Set it to nightly-*,weekly-* at once."),
                lost("list of globs in a cell", table("| a | nightly-*,weekly-*")),
                lost("globs in code within words", "Write`a-*`now and`b-*`too."),
                lost("glob after another word", "Delete *nightly and tmp-* now."),
                lost("glob before an extension", "Delete *nightly*.txt now."),
                lost("glob before a question mark", "Read *nightly*?a=b now."),
                lost("globs of underscores", "Delete _nightly and tmp-_ now."),
                lost("name with underscores", "The label __name__ is reserved."),
                lost("words between two asterisks", "The text **strong** is strong."),
                lost("superscript of a word", "Write a^b^c."),
                lost("plus signs", "Write +a+ or a."),
                lost("plus sign at the end of a line", "The sum of 1 +\n2."),
                lost("label of a reference", "<<part,Not `nightly-*` and not `tmp-*` either>>\n\n[#part]\n== Part"),
                lost("text of a condition", "ifdef::env-none[Never delete this group.]"),
                lost("text of a negated condition", "ifndef::repository[Never delete this group.]"),
                lost("attribute of a condition without a use", "ifdef::env-none[:never: delete]"),
                lost("lines of a condition", "ifdef::env-none[]\nNever delete this group.\nendif::[]"),
                lost("sentence about source code in brackets", "[source code says never do this]"),
                lost("sentence with a number sign in brackets", "[#1 rule: never do this]"),
                lost("comment about a file", "// file: names must never contain a dot"),
                lost("comment without a path", "// file: never"),
                lost("comment about generated groups", "// Generated groups are never deleted."),
                lost("word that is an attribute", ":warning: stop"),
                lost("comment block", "////\nNever delete this group.\n////"),
                lost("anchor before text", "[[never,do this]]\nThe text."),
                lost("anchor in text", "The element x[[i]] is missing."),
                lost("colons", "The gateway listens on :: by default"),
                lost("minus sign in an item", "* the difference of start\n- end is the duration"),
                lost("indented asterisk in an item", "* three times\n  * 4 is twelve"),
                broken("pipe in code, alone in a row", table("| `a|b`"), "a cell ends within code, at \"`a\""),
                broken(
                        "pipe in code instead of a cell",
                        "|===\n| a | b | c\n\n| operation | `push|pushadd`\n|===",
                        "a cell ends within code, at \"`push\""),
                broken("anchor of the frame", "[#search]\n== Search", "the anchor search is an id of the frame"),
                broken("second anchor of the frame", "[#content]\nText.", "the anchor content is an id of the frame"),
                broken("third anchor of the frame", "[#results]\nText.", "the anchor results is an id of the frame"),
                broken("image without a text", "image::known.svg[]", "the image images/known.svg has no text"),
                broken("backslash", "Write `\\{name}`.", "rendered as"));
    }

    private static Arguments broken(String kind, String text, String problem) {
        return arguments(named(kind, text), problem);
    }

    private static Arguments lost(String kind, String text) {
        return broken(kind, text, " is rendered as ");
    }

    private static Arguments vague(String name) {
        return broken(
                "link named " + name,
                "xref:other.adoc[" + name + "]",
                "the link to other.html has a name that does not describe it: " + name);
    }

    private static Arguments withoutJavadoc(String page) {
        return broken(page, "link:" + page + "[Javadoc]", "the link to " + page + " has no target");
    }

    private static String table(String rows) {
        return "[cols=\"1,1\"]\n|===\n| name | meaning\n\n" + rows + "\n|===";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenPages")
    void brokenPageFailsTheBuild(String text, String problem) throws IOException {
        writeManual("= Overview\n\n" + text + "\n", NAVIGATION);

        assertThatThrownBy(() -> new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).write(site, "1.0"))
                .isInstanceOf(BrokenSiteException.class)
                .hasMessageContaining("\nindex.adoc: ")
                .hasMessageContaining(problem);
        assertThat(site).isEmptyDirectory();
    }

    static Stream<Arguments> brokenNavigations() {
        return Stream.of(
                arguments("* xref:index.adoc[Overview]\n", "nav.adoc: other.html is not listed"),
                arguments(NAVIGATION + "* xref:gone.adoc[Gone]\n", "nav.adoc: gone.html does not exist"),
                arguments(
                        NAVIGATION + "* xref:attachment$gone.md[Gone]\n",
                        "nav.adoc: attachments/gone.md does not exist"),
                arguments(NAVIGATION + "* xref:other.adoc[Other]\n", "nav.adoc: other.html is listed twice"),
                arguments(
                        NAVIGATION.replace("[Other]", "[Not `nightly-*` and not `tmp-*` either]"),
                        "Notnightly-*andnottmp-*either\" is rendered as"),
                arguments(NAVIGATION + "//* xref:other.adoc[Other]\n", "nav.adoc: the text "),
                arguments(
                        NAVIGATION.replace("[Other]", "[here]"),
                        "nav.adoc: the link to other.html has a name that does not describe it: here"),
                arguments(NAVIGATION.replace("[Other]", "[]"), "nav.adoc: the link to other.html has no name"),
                arguments(
                        NAVIGATION.replace("[Other]", "[Overview]"),
                        "nav.adoc: two links of a group have the name Overview"),
                arguments(NAVIGATION + "* xref:other.adoc[{gone}]\n", "skipping reference to missing attribute: gone"));
    }

    @ParameterizedTest
    @MethodSource("brokenNavigations")
    void brokenNavigationFailsTheBuild(String navigation, String problem) throws IOException {
        writeManual("= Overview\n", navigation);

        assertThat(problems()).anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void pageWithoutATitleFailsTheBuild() throws IOException {
        writeManual("Text.\n", NAVIGATION);

        assertThat(problems()).containsExactly("index.adoc: the page has no title");
    }

    /** Contains all AsciiDoc that the manual uses. */
    @Test
    void correctPageHasNoProblem() throws IOException {
        writeManual("""
                = Overview
                :files: {repository}/files
                :word: text
                ifdef::env-github[:imagesdir: ../images]

                Camel's page: *strong*, _emphasis_, (*strong, too*), `code`, `+nightly-*+` or `+tmp-*+`, 2^53^, a*b, a_b, *.jar, {word}, `C{plus}`, and more ...
                xref:other.adoc#_known_section[The `known` section], link:{files}/pom.xml[pom.xml],
                https://example.com/a_b_c[Example], xref:attachment$reference.md[Markdown], <<here>>, <<here,the `code` of a section>>.
                Javadoc: link:javadoc/known/index.html[the module], link:javadoc/known/a/b/package-summary.html[a package],
                link:javadoc/known/a/b/Type.html#method(int)[a type], link:javadoc/known/a/b/Type.Nested.html[a nested type],
                link:javadoc/known/c/Generated.html[a generated type].

                // file: pom.xml
                // generated by ReceiversIT
                // Generated from the code: ./mvnw -Dquick verify -Ddocs.update=true
                [#here]
                == Section with `code`

                * one
                  line
                ** two
                . three

                WARNING: Take care.

                .Title of code
                [source,yaml]
                ----
                a: "${b}" # {c} *d* `e`
                ----

                    literal *text*

                [cols="1,1"]
                |===
                | name | meaning

                | `a\\|b` | one
                row
                | c
                | d
                |===

                .Title of an image
                image::known.svg[Known image]
                """, NAVIGATION);

        assertThat(problems()).isEmpty();
    }

    @Test
    void pageHasNavigationContentsVersionAndHighlightedCode() throws Exception {
        writeManual("""
                = Over & view

                == First section

                [source,java]
                ----
                class A {}
                ----

                [source,properties]
                ----
                # comment
                a.b = #class:c
                ----

                |===
                | name | meaning

                | a | `http://localhost/b/c` or `shortName` or `backoffErrorThreshold=job_name`
                |===
                """, NAVIGATION);

        new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).write(site, "1.2.3");

        Document page = Jsoup.parse(Files.readString(site.resolve("index.html"), UTF_8));
        assertThat(page.select("[id]").eachAttr("id"))
                .containsExactlyInAnyOrder("search", "results", "content", "_first_section");
        assertThat(page.title()).isEqualTo("Over & view – Sample 1.2.3");
        assertThat(page.select(".pages a").eachAttr("href")).containsExactly("index.html", "other.html");
        assertThat(page.select(".pages [aria-current=page]").eachText()).containsExactly("Overview");
        assertThat(page.select(".contents a").eachAttr("href")).containsExactly("#_first_section");
        assertThat(page.select(".neighbours a").eachAttr("href")).containsExactly("other.html");
        assertThat(page.select("code[data-lang=java] .k, code[data-lang=java] .kd")
                        .eachText())
                .contains("class");
        assertThat(page.select("code[data-lang=properties] .c").eachText()).containsExactly("# comment");
        assertThat(page.select("td").eachAttr("data-label")).containsExactly("name", "meaning");
        assertThat(page.select("td code"))
                .extracting(Element::html)
                .containsExactly(
                        "http://<wbr>localhost/<wbr>b/<wbr>c",
                        "shortName",
                        "backoff<wbr>Error<wbr>Threshold=<wbr>job_<wbr>name");
        assertThat(Files.readString(site.resolve("search-index.js"), UTF_8)).contains("index.html#_first_section");
        assertThat(site.resolve("images/known.svg")).exists();
        assertThat(site.resolve("attachments/reference.md")).hasContent("# Reference");
    }

    /** Hits of equal rank have the order of the index. */
    @Test
    void searchIndexHasTheOrderOfTheNavigation() throws Exception {
        writeManual(
                "= Overview\n\n== One\n\n=== Two\n\n== Three\n",
                "* xref:other.adoc[Other]\n* xref:index.adoc[Overview]\n");

        new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).write(site, "1.0");

        assertThat(Pattern.compile("\"link\":\"(.*?)\"")
                        .matcher(Files.readString(site.resolve("search-index.js"), UTF_8))
                        .results()
                        .map(link -> link.group(1)))
                .containsExactly(
                        "other.html",
                        "other.html#_known_section",
                        "index.html",
                        "index.html#_one",
                        "index.html#_two",
                        "index.html#_three");
    }

    /** As in Antora, which has another folder for attachments. */
    @Test
    void pageLinksToTheAttachmentsInTheSite() throws Exception {
        writeManual(
                "= Overview\n:page-markdown: reference.md\n\nxref:attachment$reference.md[Reference]\n",
                NAVIGATION.replace("** xref:other", "* xref:attachment$reference.md[Markdown]\n** xref:other"));

        new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).write(site, "1.0");

        Document page = Jsoup.parse(Files.readString(site.resolve("index.html"), UTF_8));
        assertThat(page.select("#content .paragraph a").eachAttr("href")).containsExactly("attachments/reference.md");
        assertThat(page.select("head link[rel=alternate][type=text/markdown]").eachAttr("href"))
                .containsExactly("attachments/reference.md");
        assertThat(page.select(".pages a").eachAttr("href")).contains("attachments/reference.md");
        assertThat(page.select(".neighbours a").eachAttr("href")).containsExactly("other.html");
        assertThat(site.resolve("attachments/reference.md")).hasContent("# Reference");
        Document other = Jsoup.parse(Files.readString(site.resolve("other.html"), UTF_8));
        assertThat(other.select(".pages a").eachAttr("href"))
                .containsExactly("index.html", "attachments/reference.md", "other.html");
        assertThat(other.select("head link[rel=alternate]")).isEmpty();
        assertThat(other.select(".neighbours a").eachAttr("href")).containsExactly("index.html");
    }

    @Test
    void markdownOfAPageMustExist() throws IOException {
        writeManual("= Overview\n:page-markdown: gone.md\n", NAVIGATION);

        assertThat(problems()).containsExactly("index.adoc: the attachment attachments/gone.md is missing");
    }

    @Test
    void urlInCodeIsNotALink() throws Exception {
        writeManual("= Overview\n\n`http://localhost:9091` and https://example.com[Example]\n", NAVIGATION);

        new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).write(site, "1.0");

        Document page = Jsoup.parse(Files.readString(site.resolve("index.html"), UTF_8));
        assertThat(page.select("#content .paragraph a").eachText()).containsExactly("Example");
    }

    /** The site works without a network. */
    @Test
    void pageLoadsNothingFromOtherHosts() throws Exception {
        writeManual("= Overview\n", NAVIGATION);

        new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).write(site, "1.0");

        Document page = Jsoup.parse(Files.readString(site.resolve("index.html"), UTF_8));
        Stream.concat(
                        page.select("[src]").eachAttr("src").stream(),
                        page.select("link[rel=stylesheet]").eachAttr("href").stream())
                .forEach(file -> assertThat(site.resolve(file)).exists());
        assertThat(Files.readString(site.resolve("site.css"), UTF_8)).doesNotContain("url(", "@import");
    }

    private List<String> problems() throws IOException {
        return new SiteBuilder(Manual.read(repository.resolve("docs")), renderer).problems();
    }

    private void writeManual(String index, String navigation) throws IOException {
        writeModules();
        Path manual = repository.resolve("docs");
        Path module = manual.resolve("modules/ROOT");
        Path pages = Files.createDirectories(module.resolve("pages"));
        Files.writeString(manual.resolve("antora.yml"), COMPONENT, UTF_8);
        Files.writeString(module.resolve("nav.adoc"), navigation, UTF_8);
        Files.writeString(pages.resolve("index.adoc"), index, UTF_8);
        Files.writeString(pages.resolve("other.adoc"), OTHER, UTF_8);
        Path attachments = Files.createDirectories(module.resolve("attachments"));
        Files.writeString(attachments.resolve("reference.md"), "# Reference", UTF_8);
        Path images = Files.createDirectories(module.resolve("images"));
        Files.writeString(images.resolve("known.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", UTF_8);
    }

    /** One module has Javadoc. One is not published, and one has no Java code. */
    private void writeModules() throws IOException {
        for (String file : List.of(
                "known/src/main/java/a/b/Type.java",
                "known/src/generated/java/c/Generated.java",
                "unpublished/src/main/java/a/b/Type.java",
                "resources/src/main/resources/a.yaml")) {
            Path source = repository.resolve(file);
            Files.createDirectories(source.getParent());
            Files.writeString(source, "", UTF_8);
        }
        Files.writeString(repository.resolve("known/pom.xml"), "<project/>", UTF_8);
        Files.writeString(repository.resolve("resources/pom.xml"), "<project/>", UTF_8);
        Files.writeString(
                repository.resolve("unpublished/pom.xml"),
                "<project><properties><maven.deploy.skip>true</maven.deploy.skip></properties></project>",
                UTF_8);
    }
}
