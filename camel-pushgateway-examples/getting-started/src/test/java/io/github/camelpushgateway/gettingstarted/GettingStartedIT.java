package io.github.camelpushgateway.gettingstarted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows each page in an empty folder: writes its files, and runs its commands. The page of JBang is tested by the module of JBang. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands need a shell")
class GettingStartedIT {

    private static Path repository;

    @TempDir
    Path folder;

    @TempDir
    Path programs;

    @BeforeAll
    static void install() throws IOException {
        repository = ReactorRepository.create(
                Path.of("target/.repository").toAbsolutePath(),
                Path.of(System.getProperty("local.repository")),
                System.getProperty("version.of.component"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start-camel-main.adoc",
                "start-spring-boot-3.adoc",
                "start-spring-boot-4.adoc",
                "start-quarkus.adoc"
            })
    void jobOfThePageRunsAndIsReported(String page) throws Exception {
        Walkthrough.follow(ManualPage.read(page), folder, repository, programs, List.of());
    }

    /** The route and the report of the README replace those of the application with camel-main. */
    @Test
    void exampleOfTheReadmeIsPushedAndReported() throws Exception {
        ManualPage page = ManualPage.read("start-camel-main.adoc");
        page.writeFiles(folder);
        String readme = Files.readString(ManualPage.ROOT.resolve("README.md"), UTF_8);
        Path properties = folder.resolve("src/main/resources/application.properties");
        String others = Files.readString(properties, UTF_8).replaceAll("(?m)^camel\\.beans\\..*\n", "");
        Files.writeString(properties, others + codeBlock(readme, "properties"), UTF_8);
        Files.writeString(folder.resolve("src/main/resources/camel/nightly.yaml"), codeBlock(readme, "yaml"), UTF_8);

        try (Pushgateway gateway = Pushgateway.start()) {
            Shell shell = new Shell(repository, programs, Map.of("GATEWAY_URL", gateway.url()));
            String output = shell.run(folder, page.texts("sh").get(1));

            assertThat(output).doesNotContain(" WARN ");
            assertThat(gateway.value("rows", "job", "nightly-load")).hasValue(42);
            assertThat(gateway.value("job_success", "job", "nightly-load")).hasValue(1);
        }
    }

    /** Returns the first code block of a language in Markdown. */
    private static String codeBlock(String markdown, String language) {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(markdown);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void ownRouteIsTested() throws Exception {
        ManualPage page = ManualPage.read("test-your-route.adoc");
        page.writeFiles(folder);
        assertThat(page.texts("sh")).hasSize(1);

        String output = new Shell(repository, programs, Map.of())
                .run(folder, page.texts("sh").get(0));

        assertThat(output).contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0");
    }
}
