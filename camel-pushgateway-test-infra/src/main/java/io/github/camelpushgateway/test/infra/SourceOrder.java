package io.github.camelpushgateway.test.infra;

import java.util.List;

/**
 * Order of containers and programs on the PATH. Containers come first. The system property {@value #PROPERTY} with
 * the value {@code program} reverses the order.
 */
final class SourceOrder {

    static final String PROPERTY = "pushgateway.prefer";

    private SourceOrder() {}

    static <T> List<T> of(T container, T program) {
        return switch (System.getProperty(PROPERTY, "container")) {
            case "container" -> List.of(container, program);
            case "program" -> List.of(program, container);
            default ->
                throw new IllegalStateException("the system property " + PROPERTY + " is '"
                        + System.getProperty(PROPERTY) + "'; write container or program");
        };
    }
}
