package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes of {@link ClusteredRoute} on two nodes: they are active on one node, and after its end on the other. */
@ExtendWith(NoWarnings.class)
class ClusteredIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path locks;

    private final List<Main> nodes = new ArrayList<>();

    private Main startNode() throws Exception {
        Main node = new Main();
        node.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        node.addInitialProperty("cluster.locks", locks.toString());
        node.addInitialProperty("stale.after", "1s");
        node.addInitialProperty("stale.period", "200");
        node.addInitialProperty("stale.alerts", "mock:alerts");
        node.configure().addRoutesBuilder(new ClusteredRoute());
        node.start();
        nodes.add(node);
        return node;
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(Main::stop);
    }

    private void push(String job) {
        nodes.get(nodes.size() - 1)
                .getCamelContext()
                .createProducerTemplate()
                .sendBody("pushgateway:" + job + "?metricName=rows", 1);
    }

    private static int alertCount(Main node) {
        return node.getCamelContext()
                .getEndpoint("mock:alerts", MockEndpoint.class)
                .getReceivedCounter();
    }

    private static List<String> jobs() {
        return GATEWAY.groups().stream()
                .map(PushgatewayGroup::labels)
                .map(labels -> labels.get("job"))
                .toList();
    }

    @Test
    void routesAreActiveOnOneNodeAndFailOverToTheOther() throws Exception {
        Main first = startNode();
        push("tmp-1");
        await().atMost(TIMEOUT).until(() -> jobs().isEmpty());
        Main second = startNode();
        push("nightly-load");

        await().atMost(TIMEOUT).until(() -> alertCount(first) == 1);
        push("tmp-2");
        await().atMost(TIMEOUT).until(() -> !jobs().contains("tmp-2"));
        assertThat(alertCount(second)).isZero();

        first.stop();
        push("tmp-3");

        await().atMost(TIMEOUT).until(() -> !jobs().contains("tmp-3"));
        await().atMost(TIMEOUT).until(() -> alertCount(second) == 1);
    }
}
