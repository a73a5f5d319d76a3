package io.github.camelpushgateway.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.testing.ChildJvm;
import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ExitDelayTest {

    /** Program that exits while another thread stops the context, or while the context runs. */
    static final class ExitingProgram {

        private ExitingProgram() {}

        public static void main(String[] arguments) throws Exception {
            DefaultCamelContext context = new DefaultCamelContext();
            context.getRegistry().bind("metrics", new PrometheusRegistry());
            PushgatewayPublisher publisher = new PushgatewayPublisher();
            publisher.setUri(
                    "pushgateway:job?registry=#metrics&metricName=end_unixtime&metricValue=now&url=" + arguments[0]);
            publisher.setCamelContext(context);
            context.start();
            if (arguments[1].equals("stop")) {
                new Thread(context::stop).start();
                while (!context.isStopping()) {
                    Thread.onSpinWait();
                }
            }
            System.exit(0);
        }
    }

    @Test
    void exitWaitsForTheLastPushOfStoppingContext() throws Exception {
        assertThat(requestsOfProgram("stop")).isEqualTo(1);
    }

    /** Only the program can decide to stop its context. */
    @Test
    void exitDoesNotWaitForRunningContext() throws Exception {
        assertThat(requestsOfProgram("run")).isZero();
    }

    private static int requestsOfProgram(String action) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            ChildJvm.run(Duration.ofMinutes(1), List.of(), ExitingProgram.class, server.url(), action);
            return server.requests().size();
        }
    }
}
