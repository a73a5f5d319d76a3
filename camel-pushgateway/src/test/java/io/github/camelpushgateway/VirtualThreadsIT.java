package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.testing.WireServer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** With Camel's virtual threads (Java 21 or newer), all pushes succeed and the JVM exits. */
class VirtualThreadsIT {

    private static final int EXCHANGES = 500;

    /** Runs in a separate JVM, because Camel reads the system property only once. */
    static final class Application {

        private static final AtomicInteger VIRTUAL = new AtomicInteger();

        private Application() {}

        public static void main(String[] args) throws Exception {
            CountDownLatch remaining = new CountDownLatch(2 * EXCHANGES);
            try (WireServer server = new WireServer(WireServer.status(200, ""));
                    DefaultCamelContext context = new DefaultCamelContext()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        String options = "metricName=rows&maxRetries=0&url=" + server.url();
                        from("direct:split")
                                .split(body())
                                .parallelProcessing()
                                .process(exchange -> countVirtualThread())
                                .setHeader(PushgatewayConstants.JOB, simple("split-${body}"))
                                .to("pushgateway:split?" + options)
                                .process(exchange -> remaining.countDown());
                        from("seda:in?concurrentConsumers=10&pollTimeout=10")
                                .process(exchange -> countVirtualThread())
                                .to("pushgateway:all?" + options)
                                .setHeader(PushgatewayConstants.JOB, simple("seda-${body}"))
                                .to("pushgateway:seda?synchronous=true&" + options)
                                .process(exchange -> remaining.countDown());
                    }
                });
                context.start();
                ProducerTemplate template = context.createProducerTemplate();
                for (int i = 0; i < EXCHANGES; i++) {
                    template.sendBody("seda:in", i);
                }
                template.sendBody(
                        "direct:split", IntStream.range(0, EXCHANGES).boxed().toList());
                System.out.println("all done: " + remaining.await(30, TimeUnit.SECONDS));
                System.out.println("left: " + remaining.getCount());
                System.out.println("virtual threads: " + (VIRTUAL.get() == 2 * EXCHANGES));
            }
            System.out.println("stopped");
        }

        private static void countVirtualThread() {
            if (Thread.currentThread().toString().startsWith("VirtualThread")) {
                VIRTUAL.incrementAndGet();
            }
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void allPushesSucceedAndJvmExits() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dcamel.threads.virtual.enabled=true",
                        "-Dlogback.configurationFile=logback-test.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Application.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

            assertThat(output.lines()).containsExactly("all done: true", "left: 0", "virtual threads: true", "stopped");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
