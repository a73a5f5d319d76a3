package io.github.camelpushgateway.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs the route of {@code camel/nightly.yaml} once, and ends. */
@SpringBootApplication
public class NightlyApplication {

    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(NightlyApplication.class, args);
    }
}
