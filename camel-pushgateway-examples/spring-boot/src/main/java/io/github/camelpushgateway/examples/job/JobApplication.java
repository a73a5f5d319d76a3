package io.github.camelpushgateway.examples.job;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Runs the route of {@code job/nightly.yaml} once, and ends. The exit code is 1 if the run failed. */
@SpringBootApplication
public class JobApplication {

    /** Starts the application, which runs the job, and exits. */
    public static void main(String[] args) {
        System.exit(SpringApplication.exit(SpringApplication.run(JobApplication.class, args)));
    }

    /** Spring Boot calls it when Camel has started. If it throws an exception, the exit code is 1. */
    @Bean
    ApplicationRunner job(ProducerTemplate template) {
        return arguments -> {
            Exchange run = template.send("direct:nightly-load", exchange -> {});
            // an error handler may have handled the failure
            if (run.isFailed() || run.getExchangeExtension().isFailureHandled()) {
                throw new IllegalStateException("The run failed", run.getException());
            }
        };
    }
}
