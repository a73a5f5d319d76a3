package io.github.camelpushgateway.examples;

import static io.github.camelpushgateway.dsl.StaticEndpointBuilders.pushgateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.PushgatewayEndpoint;
import io.github.camelpushgateway.PushgatewayOperation;
import java.util.Locale;
import java.util.Properties;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Typed endpoints accept constants, texts in any case, and property placeholders. */
class TypedOptionsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    @ParameterizedTest
    @EnumSource(PushgatewayOperation.class)
    void operationIsConstantOrText(PushgatewayOperation operation) {
        Properties properties = new Properties();
        properties.setProperty("operation", operation.toString());
        CONTEXT.getPropertiesComponent().setOverrideProperties(properties);

        assertThat(operationOf(pushgateway("*").sweepAll(true).operation(operation)))
                .isEqualTo(operation);
        assertThat(operationOf(pushgateway("*").sweepAll(true).operation(operation.toString())))
                .isEqualTo(operation);
        assertThat(operationOf(pushgateway("*")
                        .sweepAll(true)
                        .operation(operation.name().toUpperCase(Locale.ROOT))))
                .isEqualTo(operation);
        assertThat(operationOf(pushgateway("*").sweepAll(true).operation("{{operation}}")))
                .isEqualTo(operation);
    }

    private static PushgatewayOperation operationOf(EndpointProducerBuilder builder) {
        return builder.resolve(CONTEXT, PushgatewayEndpoint.class)
                .getConfiguration()
                .getOperation();
    }

    /** Options of the connection are not only for producers. */
    @Test
    void consumerHasOptionsOfTheConnection() {
        PushgatewayEndpoint endpoint = pushgateway("tmp-*")
                .url("http://localhost:1,http://localhost:2")
                .distribution("mirror")
                .maxRetries(0)
                .retryDelay("1s")
                .delay("10m")
                .resolve(CONTEXT, PushgatewayEndpoint.class);

        assertThat(endpoint.getGateway().getMaxRetries()).isZero();
        assertThat(endpoint.getGateway().getRetryDelay()).isEqualTo(1000);
        assertThat(endpoint.getDelay()).isEqualTo(600_000);
    }
}
