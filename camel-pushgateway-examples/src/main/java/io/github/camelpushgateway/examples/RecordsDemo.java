package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/**
 * Runs {@code records/records.yaml} once with a file of five records. The demo starts a real Pushgateway, prints the pushed group
 * from its metrics page, and then removes the gateway and the file.
 */
public final class RecordsDemo {

    private RecordsDemo() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Path inbox = Files.createTempDirectory("records");
        try (Pushgateway gateway = Pushgateway.start();
                InputStream records = RecordsDemo.class.getResourceAsStream("/records/records.csv")) {
            if (records == null) {
                throw new IllegalStateException("records/records.csv is not on the classpath");
            }
            Files.copy(records, inbox.resolve("records.csv"));
            Main main = new Main();
            main.configure()
                    .withRoutesIncludePattern("classpath:records/records.yaml")
                    .withDurationMaxMessages(1);
            main.addInitialProperty("records.inbox", inbox.toString());
            main.addInitialProperty("camel.component.pushgateway.url", gateway.url());
            main.run();

            System.out.println();
            System.out.println("The group on " + gateway.url() + "/metrics:");
            gateway.metrics()
                    .lines()
                    .filter(line -> line.contains("job=\"load-records\""))
                    .forEach(System.out::println);
            if (main.getExitCode() != 0
                    || !gateway.group("job", "load-records").orElseThrow().has("job_last_success_unixtime")) {
                throw new IllegalStateException("the records were not reported");
            }
        } finally {
            try (Stream<Path> files = Files.walk(inbox)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
