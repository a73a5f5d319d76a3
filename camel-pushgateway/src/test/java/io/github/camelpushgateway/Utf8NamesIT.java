package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.VersionedGateways;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups with UTF-8 label names on a gateway that allows them. */
class Utf8NamesIT extends ContextTestSupport {

    private static final List<String> LABELS = List.of("U__l_2e_1", "U__a_3a_b", "U__not_", "plain");

    /**
     * The gateway refuses this push but stores its group. It then refuses all pushes, and Prometheus cannot scrape it.
     */
    private static final String POISON = "U______name____";

    @Nullable
    private Pushgateway gateway;

    private String options = "";

    @Override
    protected void setupResources() {
        try {
            gateway = Pushgateway.start(
                    PushgatewaySetup.plain().withVersion(VersionedGateways.NEW).withFlag("--push.enable-utf8-names"));
        } catch (IllegalStateException e) {
            assumeTrue(false, e.getMessage());
        }
        options = "url=" + gateway().url();
        for (String name : LABELS) {
            RawPush.to(gateway().url(), "/job/foreign/" + name + "/v", "# TYPE rows gauge\nrows 1\n");
        }
        assertThat(RawPush.status(gateway().url(), "/job/foreign/" + POISON + "/v", "# TYPE rows gauge\nrows 1\n"))
                .isEqualTo(400);
    }

    private Pushgateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    @Override
    protected void cleanupResources() throws Exception {
        super.cleanupResources();
        if (gateway != null) {
            gateway.close();
        }
    }

    @SuppressWarnings("unchecked")
    private List<GatewayGroup> list(String uri) {
        return context.createProducerTemplate().requestBody(uri + options, null, List.class);
    }

    @Test
    void groupsWithUtf8LabelNamesAreListedAndSwept() {
        List<GatewayGroup> groups = list("pushgateway:*?operation=groups&");

        assertThat(groups)
                .extracting(GatewayGroup::labels)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "{job=foreign, l.1=v}",
                        "{a:b=v, job=foreign}",
                        "{U__not_=v, job=foreign}",
                        "{__name__=v, job=foreign}",
                        "{job=foreign, plain=v}");
        assertThat(list("pushgateway:*?operation=groups&groupingKey.U__l_2e_1=v*&"))
                .extracting(Object::toString)
                .containsExactly("{job=\"foreign\",l.1=\"v\"}");

        assertThat(list("pushgateway:foreign?operation=sweep&")).hasSize(LABELS.size() + 1);

        await().untilAsserted(() -> assertThat(gateway().groups()).isEmpty());
        RawPush.to(gateway().url(), "/job/healed", "rows 1\n");
    }

    @Test
    void groupsWithUtf8LabelNamesAreDeletedByConsumerHeaders() {
        ProducerTemplate template = context.createProducerTemplate();
        for (GatewayGroup group : list("pushgateway:*?operation=groups&")) {
            Exchange deleted = template.request(
                    "pushgateway:any?operation=delete&" + options,
                    exchange -> exchange.getMessage()
                            .setHeaders(Map.of(
                                    PushgatewayConstants.JOB,
                                    group.job(),
                                    PushgatewayConstants.GROUPING_KEY,
                                    group.groupingKey())));
            assertThat(deleted.getException()).isNull();
            await().untilAsserted(() -> assertThat(gateway().groups())
                    .extracting(PushgatewayGroup::labels)
                    .doesNotContain(Map.copyOf(group.labels())));
        }
        assertThat(gateway().groups()).isEmpty();
    }
}
