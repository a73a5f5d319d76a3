package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An endpoint without a job is rejected in every place, with a message that shows the syntax. */
class MissingJobTest extends ContextTestSupport {

    private interface Step {
        void add(RouteBuilder routes, String uri);
    }

    static Stream<Arguments> placesAndUris() {
        List<Arguments> all = new ArrayList<>();
        for (String uri : List.of(
                "pushgateway",
                "pushgateway:",
                "pushgateway://",
                "pushgateway?metricName=x",
                "pushgateway:?metricName=x",
                "pushgateway://?metricName=x")) {
            all.add(place("to", uri, (routes, it) -> routes.from("direct:a").to(it)));
            all.add(place("toD", uri, (routes, it) -> routes.from("direct:a").toD(it)));
            all.add(place("from", uri, (routes, it) -> routes.from(it).to("log:a")));
            all.add(place("enrich", uri, (routes, it) -> routes.from("direct:a").enrich(it)));
            all.add(place(
                    "wireTap static",
                    uri,
                    (routes, it) -> routes.from("direct:a").wireTap(it).dynamicUri(false)));
            all.add(place(
                    "recipientList",
                    uri,
                    (routes, it) -> routes.from("direct:a").recipientList(routes.constant(it), "|")));
            all.add(place(
                    "routingSlip", uri, (routes, it) -> routes.from("direct:a").routingSlip(routes.constant(it), "|")));
            all.add(place("policy", uri, (routes, it) -> {
                routes.getContext().addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*", it));
                routes.from("direct:a").to("log:a?level=OFF");
            }));
        }
        return all.stream();
    }

    private static Arguments place(String name, String uri, Step step) {
        return Arguments.of(name, uri, step);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("placesAndUris")
    void missingJobIsRejectedWithExample(String name, String uri, Step step) {
        Throwable failure = catchThrowable(() -> run(step, uri));

        if (!uri.contains("//") && !uri.contains(":?") && name.matches("toD|enrich")) {
            // Camel rejects the URI before it calls the component
            assertThat(failure).hasMessageContainingAll(uri, "Endpoint should include scheme:path");
        } else if (uri.equals("pushgateway:") && !name.equals("policy")) {
            // Camel cannot parse it
            assertThat(failure).rootCause().hasMessageContainingAll(uri, "Expected scheme-specific part");
        } else {
            assertThat(failure)
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("the job is missing", "pushgateway:nightly-load");
        }
    }

    private void run(Step step, String uri) throws Exception {
        RoutesBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                step.add(this, uri);
            }
        };
        context.addRoutes(routes);
        throwIfPresent(context.createProducerTemplate()
                .request("direct:a", exchange -> {})
                .getException());
    }

    private static void throwIfPresent(@Nullable Exception failure) throws Exception {
        if (failure != null) {
            throw failure;
        }
    }
}
