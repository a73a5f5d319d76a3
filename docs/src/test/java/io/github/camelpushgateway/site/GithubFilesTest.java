package io.github.camelpushgateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GithubFilesTest {

    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    private Path copy;

    @Test
    void filesOfTheRepositoryHaveNoProblem() throws IOException {
        assertThat(GithubFiles.problems(REPOSITORY)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            workflows/ci.yml             | "jobs:"                     | "jobs: ["               | "expected ',' or ']'"
            workflows/ci.yml             | "on:"                       | "onn:"                  | "unknown key onn"
            workflows/ci.yml             | "    runs-on: ubuntu-latest" | ""                     | "no runs-on"
            workflows/ci.yml             | "      - run: .ci/run"      | "      - run: .ci/walk" | "runs .ci/walk, which is no program"
            workflows/site.yml           | "      - uses:"             | "      - use:"          | "unknown key use"
            workflows/release.yml        | "@3d3c42e5aac5ba805825da76410c181273ba90b1" | "@v7"   | "no digest"
            ISSUE_TEMPLATE/bug.yml       | "type: dropdown"            | "type: choice"          | "unknown type choice"
            ISSUE_TEMPLATE/bug.yml       | "id: camel"                 | "id: component"         | "that of another field"
            ISSUE_TEMPLATE/bug.yml       | "label: Version of Camel"   | "title: Camel"          | "unknown key title"
            ISSUE_TEMPLATE/bug.yml       | "required: true"            | "required: always"      | "required should be"
            ISSUE_TEMPLATE/bug.yml       | "options: [camel-main, "    | "options: [other, "     | "one twice"
            ISSUE_TEMPLATE/feature.yml   | "body:"                     | "fields:"               | "the form has no fields"
            ISSUE_TEMPLATE/feature.yml   | "  - type: textarea"        | "  -- type: textarea"   | "feature.yml"
            ISSUE_TEMPLATE/config.yml    | "about:"                    | "text:"                 | "no text for about"
            dependabot.yml               | "version: 2"                | "version: 3"            | "version should be 2"
            dependabot.yml               | "interval: weekly"          | "interval: often"       | "no interval"
            dependabot.yml               | "package-ecosystem: maven"  | "package-ecosystem: mvn" | "the update of mvn is unknown"
            dependabot.yml               | "dependency-name"           | "dependency"            | "no text for dependency-name"
            """, quoteCharacter = '"')
    void problemIsReported(String file, String text, String broken, String problem) throws IOException {
        copyFiles();
        Path target = copy.resolve(".github").resolve(file);
        String content = Files.readString(target);
        assertThat(content).contains(text);
        Files.writeString(target, content.replaceFirst(Pattern.quote(text), broken));
        assertThat(GithubFiles.problems(copy))
                .anyMatch(reported -> reported.contains(file) && reported.contains(problem));
    }

    /** Those who report a bug have to name the versions of all that take part. */
    @Test
    void bugFormAsksForVersions() throws IOException {
        String form = Files.readString(REPOSITORY.resolve(".github/ISSUE_TEMPLATE/bug.yml"));
        for (String id : new String[] {"component", "camel", "runtime", "java", "gateway"}) {
            assertThat(form).containsPattern("(?s)id: " + id + "\\n(?:(?!  - type).)*required: true");
        }
        assertThat(Files.readString(REPOSITORY.resolve(".github/PULL_REQUEST_TEMPLATE.md")))
                .containsIgnoringCase("version");
    }

    private void copyFiles() throws IOException {
        for (String part : new String[] {".github", ".ci", "mvnw"}) {
            try (Stream<Path> paths = Files.walk(REPOSITORY.resolve(part))) {
                for (Path path : paths.toList()) {
                    Files.copy(path, copy.resolve(REPOSITORY.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
