package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URLEncoder;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Endpoint;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * With any options, an endpoint either starts or fails with an error message. It never hangs or throws an unexpected
 * exception.
 */
class AnyOptionsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    @BeforeContainer
    static void start() {
        CONTEXT.getRegistry().bind("metrics", new PrometheusRegistry());
        CONTEXT.start();
    }

    @AfterContainer
    static void stop() throws Exception {
        CONTEXT.close();
    }

    @Property(tries = 5_000)
    void endpointStartsOrFailsWithErrorMessage(
            @ForAll("jobs") String job, @ForAll("options") Map<String, String> options) {
        StringBuilder uri = new StringBuilder("pushgateway:")
                .append(URLEncoder.encode(job, UTF_8).replace("+", "%20"));
        options.forEach((name, value) -> uri.append(uri.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
        Endpoint endpoint = null;
        try {
            endpoint = CONTEXT.getEndpoint(uri.toString());
            endpoint.createProducer().start();
        } catch (ResolveEndpointFailedException | NoSuchEndpointException | IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("NullPointer", "IndexOutOfBounds", "ClassCast");
            assertThat(e.getMessage()).hasSizeGreaterThan(20);
        } catch (Exception e) {
            throw new AssertionError("unexpected exception type for " + uri, e);
        } finally {
            if (endpoint != null) {
                endpoint.stop();
                CONTEXT.getEndpointRegistry().clear();
            }
        }
    }

    @Provide
    Arbitrary<String> jobs() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "nightly-load", "a b", "Zürich", "#", "a:b", "*", "100%"),
                Arbitraries.strings().ascii().ofMaxLength(10));
    }

    @Provide
    Arbitrary<Map<String, String>> options() {
        Arbitrary<String> names = Arbitraries.of(
                "url",
                "operation",
                "groupingKey",
                "groupingKey.region",
                "groupingKey.job",
                "groupingKey.a-b",
                "instanceIp",
                "metricName",
                "metricValue",
                "metricType",
                "metricHelp",
                "labels.stage",
                "labels.__x",
                "gaugeHeaders",
                "registry",
                "metricFilter",
                "allowEmpty",
                "connectTimeout",
                "requestTimeout",
                "synchronous",
                "username",
                "password",
                "bearerToken",
                "proxyUsername",
                "proxyPassword",
                "httpHeader.X-Key",
                "httpHeader.Host",
                "handler",
                "sslContextParameters",
                "format",
                "compression",
                "escaping",
                "maxRetries",
                "maxPending",
                "retryDelay",
                "onPushFailure",
                "coalesce",
                "distribution",
                "expressions",
                "records",
                "recordsFailed",
                "reportPrefix",
                "reportInterval",
                "reportStart",
                "reportCounters",
                "staleAfter",
                "dryRun",
                "sweepAll",
                "newlyStaleOnly",
                "maxMessagesPerPoll",
                "delay",
                "lazyStartProducer",
                "nonsense");
        Arbitrary<String> legal = Arbitraries.of(
                "true",
                "false",
                "1",
                "10",
                "2s",
                "push",
                "pushadd",
                "delete",
                "report",
                "groups",
                "sweep",
                "wipe",
                "status",
                "24h",
                "2x",
                "${header.rows}",
                "gauge",
                "counter",
                "rows",
                "now",
                "warn",
                "protobuf",
                "Text",
                "gzip",
                "SNAPPY",
                "ignore",
                "http://localhost:9091",
                "localhost:9091/x",
                "http://one:9091,http://other:9091",
                "mirror",
                "shard",
                "region=eu,stage=load",
                "batch_*,rows",
                "camel_*,!camel_route_*",
                "#metrics",
                "abc");
        Arbitrary<String> illegal = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        " ",
                        "-1",
                        "0",
                        "99999999999999",
                        "#nobody",
                        "#bean:nobody",
                        "#class:no.Such",
                        "http://",
                        "//x",
                        "http://u:p@h",
                        "a b",
                        "=",
                        ",",
                        "a=1,a=2",
                        "__x",
                        "!",
                        "{{",
                        "${body}",
                        "RAW(",
                        "RAW(x)",
                        "(",
                        "[",
                        "\u0000",
                        "1h1",
                        "PT5S",
                        "\r\nX: y"),
                Arbitraries.strings().ofMaxLength(12));
        return Arbitraries.maps(names, Arbitraries.frequencyOf(Tuple.of(3, legal), Tuple.of(2, illegal)))
                .ofMaxSize(5);
    }
}
