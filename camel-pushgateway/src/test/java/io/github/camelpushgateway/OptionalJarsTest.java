package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without an optional jar, the option that needs it fails at the creation of the endpoint, and everything else works.
 */
class OptionalJarsTest {

    private static final String PROTOBUF_JARS = "prometheus-metrics-exposition-";
    private static final String SNAPPY_JAR = "aircompressor";
    private static final String MICROMETER_JARS = "micrometer-";

    private static final String HEALTH_JAR = "camel-health";

    @Test
    void protobufIsRejectedWithoutItsJar() throws Exception {
        ClassLoader camel = new WithoutJar(PROTOBUF_JARS);

        assertThat(push(camel, "format=protobuf"))
                .isEqualTo("rejected:  format is protobuf, which needs the library"
                        + " io.prometheus:prometheus-metrics-exposition-formats; add it, in the version of"
                        + " prometheus-metrics-model, or use format=text");
        assertThat(push(camel, "format=text")).isEqualTo("pushed: text/plain; version=0.0.4; charset=utf-8");
        assertThat(push(camel, "compression=gzip")).startsWith("pushed: text/plain;");
        assertThat(push(camel, "compression=snappy")).startsWith("pushed: text/plain;");
    }

    @Test
    void snappyIsRejectedWithoutItsJar() throws Exception {
        ClassLoader camel = new WithoutJar(SNAPPY_JAR);

        assertThat(push(camel, "compression=snappy"))
                .isEqualTo("rejected:  compression is snappy, which needs the library io.airlift:aircompressor;"
                        + " add it, or use compression=gzip");
        assertThat(push(camel, "compression=none")).startsWith("pushed: text/plain;");
        assertThat(push(camel, "compression=gzip")).startsWith("pushed: text/plain;");
        assertThat(push(camel, "format=protobuf")).startsWith("pushed: application/vnd.google.protobuf;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ayza-for-pem", "bcpkix-", "bcprov-"})
    void pemFilesAreRejectedWithoutTheirJars(String jar) throws Exception {
        ClassLoader camel = new WithoutJar(jar);

        for (String option : List.of("caFile=file:ca.crt", "certFile=file:tls.pem")) {
            assertThat(push(camel, option))
                    .isEqualTo("rejected:  caFile, certFile and keyFile need the library"
                            + " io.github.hakky54:ayza-for-pem; add it, with its dependencies, or set"
                            + " sslContextParameters instead");
        }
        assertThat(push(camel, "format=text")).startsWith("pushed: text/plain;");
    }

    @Test
    void pushWorksWithoutMicrometerJar() throws Exception {
        ClassLoader camel = new WithoutJar(MICROMETER_JARS);

        assertThat(push(camel, "format=text")).startsWith("pushed: text/plain;");
        assertThat(push(camel, "registry=#registry")).startsWith("pushed: text/plain;");
        assertThat(push(camel, "registry=#no"))
                .startsWith("rejected:  registry is of type java.lang.Object, from which no metrics can be read");
    }

    /** The service files of the span decorators name classes that cannot be loaded then. */
    @ParameterizedTest
    @ValueSource(strings = {"camel-tracing", "camel-telemetry", "camel-t"})
    void pushWorksWithoutTracingJars(String jars) throws Exception {
        ClassLoader camel = new WithoutJar(jars);

        assertThat(push(camel, "format=text")).startsWith("pushed: text/plain;");
    }

    @Test
    void pushWorksWithoutHealthCheckJar() throws Exception {
        ClassLoader camel = new WithoutJar(HEALTH_JAR);

        assertThat(push(camel, "lazyStartProducer=false")).startsWith("pushed: text/plain;");
    }

    /** Failsafe is needed only after a failed attempt, so it must not delay the first push of a JVM. */
    @Test
    void successfulPushDoesNotLoadFailsafe() throws Exception {
        ClassLoader camel = new WithoutJar("failsafe-");

        assertThat(push(camel, "format=text")).startsWith("pushed: text/plain;");
    }

    /** An application with routes in Java may have no YAML parser. */
    @Test
    void pushWorksWithoutYamlJar() throws Exception {
        ClassLoader camel = new WithoutJar("snakeyaml-engine");

        assertThat(push(camel, "format=text")).startsWith("pushed: text/plain;");
        assertThat(push(camel, "labels.myLabel=x&groupingKey.theKey=y")).startsWith("pushed: text/plain;");
    }

    @Test
    void allOptionsWorkWithAllJars() throws Exception {
        ClassLoader camel = new WithoutJar("no-such-jar");

        assertThat(push(camel, "format=Protobuf&compression=SNAPPY"))
                .startsWith("pushed: application/vnd.google.protobuf;");
    }

    /** Pushes with the classes of the loader. */
    private static String push(ClassLoader loader, String options) throws Exception {
        return push(loader, "metricName=x&" + options, 1);
    }

    /** Pushes a body with the classes of the loader. */
    private static String push(ClassLoader loader, String options, Object body) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            @SuppressWarnings("unchecked")
            BiFunction<String, Object, Callable<String>> push = (BiFunction<String, Object, Callable<String>>)
                    loader.loadClass(Push.class.getName()).getConstructor().newInstance();
            return push.apply(options, body).call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Class that each loader defines separately. It shares only types of the JDK with the test. */
    public static final class Push implements BiFunction<String, Object, Callable<String>> {

        @Override
        public Callable<String> apply(String options, Object body) {
            return () -> {
                try (WireServer server = new WireServer(WireServer.status(200, ""));
                        DefaultCamelContext context = new DefaultCamelContext()) {
                    context.getRegistry().bind("registry", new PrometheusRegistry());
                    context.getRegistry().bind("no", new Object());
                    context.start();
                    String uri = "pushgateway:job?maxRetries=0&url=" + server.url() + '&' + options;
                    try {
                        context.getEndpoint(uri);
                    } catch (ResolveEndpointFailedException e) {
                        return e.getCause() instanceof IllegalArgumentException rejection
                                ? "rejected:  " + rejection.getMessage()
                                : "failed: " + e;
                    }
                    Exchange done = context.createProducerTemplate()
                            .request(uri, exchange -> exchange.getMessage().setBody(body));
                    if (done.getException() != null) {
                        return "failed: " + done.getException().getMessage();
                    }
                    return "pushed: " + server.requests().get(0).headers().get("content-type");
                }
            };
        }
    }
}
