package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Typed endpoints as producer and as consumer, on a real gateway. */
@ExtendWith(NoWarnings.class)
class TypedEndpointsIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.configure().addRoutesBuilder(new TypedRoute());
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void pushesAndConsumes() {
        ProducerTemplate template = main.getCamelContext().createProducerTemplate();
        template.sendBody("direct:load", 42);

        PushgatewayGroup group = GATEWAY.group("job", "batchA", "region", "eu").orElseThrow();
        assertThat(group.value("load_rows")).isEqualTo(42);
        assertThat(group.family("load_rows").samples().get(0).labels()).containsEntry("stage", "read");

        template.sendBody("pushgateway:tmp-1?metricName=rows", 1);
        await().until(() -> GATEWAY.group("job", "tmp-1").isEmpty());
        List<?> groups = template.requestBody("pushgateway:*?operation=groups", null, List.class);
        assertThat(groups).singleElement().isInstanceOf(GatewayGroup.class);
    }
}
