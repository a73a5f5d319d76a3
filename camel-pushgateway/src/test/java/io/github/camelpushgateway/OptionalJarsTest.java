package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.client.WireServer;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Without an optional jar the option that needs it fails when the endpoint is made, and everything else works. */
class OptionalJarsTest {

    private static final String PROTOBUF_JAR = "prometheus-metrics-exposition-formats";
    private static final String SNAPPY_JAR = "aircompressor";

    @Test
    void withoutTheJarForProtobufItsFormatIsRefusedWhenTheEndpointIsMade() throws Exception {
        assertThat(push("format=protobuf", PROTOBUF_JAR))
                .isEqualTo("refused: format is protobuf, which needs the library"
                        + " io.prometheus:prometheus-metrics-exposition-formats; add it, in the version of"
                        + " prometheus-metrics-exposition-textformats, or use format=text");
        assertThat(push("format=text", PROTOBUF_JAR)).isEqualTo("pushed: text/plain; version=0.0.4; charset=utf-8");
        assertThat(push("compression=gzip", PROTOBUF_JAR)).startsWith("pushed: text/plain;");
        assertThat(push("compression=snappy", PROTOBUF_JAR)).startsWith("pushed: text/plain;");
    }

    @Test
    void withoutTheJarForSnappyItIsRefusedWhenTheEndpointIsMade() throws Exception {
        assertThat(push("compression=snappy", SNAPPY_JAR))
                .isEqualTo("refused: compression is snappy, which needs the library io.airlift:aircompressor;"
                        + " add it, or use compression=gzip");
        assertThat(push("compression=none", SNAPPY_JAR)).startsWith("pushed: text/plain;");
        assertThat(push("compression=gzip", SNAPPY_JAR)).startsWith("pushed: text/plain;");
        assertThat(push("format=protobuf", SNAPPY_JAR)).startsWith("pushed: application/vnd.google.protobuf;");
    }

    @Test
    void withBothJarsAllWorks() throws Exception {
        assertThat(push("format=Protobuf&compression=SNAPPY", "no-such-jar"))
                .startsWith("pushed: application/vnd.google.protobuf;");
    }

    /** Pushes in a Camel of its own, where that jar does not exist. */
    private static String push(String options, String missingJar) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        WithoutJar loader = new WithoutJar(missingJar);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            @SuppressWarnings("unchecked")
            Function<String, Callable<String>> camel = (Function<String, Callable<String>>)
                    loader.loadClass(Push.class.getName()).getConstructor().newInstance();
            return camel.apply(options).call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Loaded anew: it meets the test in types of the JDK only. */
    public static final class Push implements Function<String, Callable<String>> {

        @Override
        public Callable<String> apply(String options) {
            return () -> {
                try (WireServer server = new WireServer(WireServer.status(200, ""));
                        DefaultCamelContext context = new DefaultCamelContext()) {
                    context.start();
                    String uri = "pushgateway:job?metricName=x&maxRetries=0&url=" + server.url() + '&' + options;
                    try {
                        context.getEndpoint(uri);
                    } catch (ResolveEndpointFailedException e) {
                        assertThat(e.getCause()).isExactlyInstanceOf(IllegalArgumentException.class);
                        return "refused: " + e.getCause().getMessage();
                    }
                    context.createProducerTemplate().sendBody(uri, 1);
                    return "pushed: " + server.requests().get(0).headers().get("content-type");
                }
            };
        }
    }
}
