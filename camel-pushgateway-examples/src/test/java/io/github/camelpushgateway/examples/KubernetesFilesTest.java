package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The CronJob fits its application. {@link KubernetesIT} runs the application with the environment of the CronJob. */
class KubernetesFilesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{env:(\\w+)}}");

    /** The maximum time between two attempts of a report. */
    private static final int MAX_RETRY_SECONDS = 1;

    private static int seconds(String... path) throws Exception {
        return (Integer) KubernetesFiles.manifest(path);
    }

    @Test
    void manifestSetsExactlyTheVariablesOfTheApplication() throws Exception {
        Set<String> used = KubernetesFiles.properties().values().stream()
                .flatMap(value -> VARIABLE.matcher(value.toString()).results())
                .map(variable -> variable.group(1))
                .collect(Collectors.toSet());

        assertThat(KubernetesFiles.environment().keySet()).isEqualTo(used);
    }

    @Test
    void groupHasTheNamespaceAndNotThePodAndTheCredentialsAreInASecret() throws Exception {
        Map<String, String> environment = KubernetesFiles.environment();

        assertThat(environment).containsEntry("NAMESPACE", "metadata.namespace");
        assertThat(environment.values()).doesNotContain("metadata.name", "metadata.uid", "status.podIP");
        assertThat(environment.get("GATEWAY_USERNAME")).startsWith("secret ");
        assertThat(environment.get("GATEWAY_PASSWORD")).startsWith("secret ");
    }

    @Test
    void oneRunAtATimeWritesToTheGroupAndEndsBeforeTheNextRun() throws Exception {
        assertThat(KubernetesFiles.manifest("kind")).isEqualTo("CronJob");
        assertThat(KubernetesFiles.manifest("spec", "schedule")).isEqualTo("0 1 * * *");
        assertThat(KubernetesFiles.manifest("spec", "concurrencyPolicy")).isEqualTo("Forbid");
        assertThat(KubernetesFiles.manifest("spec", "jobTemplate", "spec", "template", "spec", "restartPolicy"))
                .isEqualTo("Never");
        assertThat(seconds("spec", "jobTemplate", "spec", "activeDeadlineSeconds"))
                .isLessThan(86_400 - seconds("spec", "startingDeadlineSeconds"));
    }

    @Test
    void gracePeriodIsLongEnoughForTheShutdownAndTheReport() throws Exception {
        Properties properties = KubernetesFiles.properties();
        int timeout = Integer.parseInt(properties
                .getProperty("camel.component.pushgateway.request-timeout")
                .replace("s", ""));
        int retries = Integer.parseInt(properties.getProperty("camel.component.pushgateway.max-retries"));
        int shutdown = Integer.parseInt(properties.getProperty("camel.main.shutdown-timeout"));

        int report = timeout * (retries + 1) + MAX_RETRY_SECONDS * retries;
        assertThat(seconds("spec", "jobTemplate", "spec", "template", "spec", "terminationGracePeriodSeconds"))
                .isGreaterThan(shutdown + report);
    }
}
