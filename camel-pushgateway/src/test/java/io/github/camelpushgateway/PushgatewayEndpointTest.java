package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Distribution;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.util.Map;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs of endpoints are parsed, and invalid ones are rejected before a route starts. */
class PushgatewayEndpointTest extends ContextTestSupport {

    @Test
    void defaultsDeleteNothing() {
        PushgatewayConfiguration options = endpoint("pushgateway:batchA").getConfiguration();
        GatewayConfiguration gateway = endpoint("pushgateway:batchA").getGateway();

        assertThat(gateway.getUrl()).isEqualTo("http://localhost:9091");
        assertThat(gateway.getFormat()).isEqualTo(Format.TEXT);
        assertThat(gateway.getCompression()).isEqualTo(Compression.NONE);
        assertThat(gateway.getDistribution()).isEqualTo(Distribution.SHARD);
        assertThat(gateway.getMaxRetries()).isEqualTo(2);
        assertThat(gateway.getRetryDelay()).isEqualTo(500);
        assertThat(gateway.getOnPushFailure()).isEqualTo(PushFailurePolicy.FAIL);
        assertThat(options.getOperation()).isEqualTo(PushgatewayOperation.PUSHADD);
        assertThat(options.getMetricType()).isEqualTo(MetricType.GAUGE);
        assertThat(gateway.getConnectTimeout()).isEqualTo(10_000);
        assertThat(gateway.getRequestTimeout()).isEqualTo(30_000);
        assertThat(options.isAllowEmpty()).isFalse();
        assertThat(options.isInstanceIp()).isFalse();
        assertThat(options.isSynchronous()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pushgateway:batchA,            batchA",
        "pushgateway://batchA,          batchA",
        "pushgateway:batch%2FA%20b,     batch/A b",
        "pushgateway:Zürich,            Zürich",
        "pushgateway:a:b,               a:b",
        "pushgateway:a%23c,             a#c",
        "pushgateway:a+b,               a+b"
    })
    void jobMayContainAnyCharacters(String uri, String job) {
        assertThat(endpoint(uri).getJob()).isEqualTo(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUSH", "push", "Push"})
    void operationIsCaseInsensitive(String operation) {
        assertThat(endpoint("pushgateway:a?operation=" + operation)
                        .getConfiguration()
                        .getOperation())
                .isEqualTo(PushgatewayOperation.PUSH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupingKey=region=eu,stage=load",
                "groupingKey=stage=load;region=eu",
                "groupingKey.region=eu&groupingKey.stage=load",
                "groupingKey=region=eu,stage=x&groupingKey.stage=load",
                "groupingKey=#key",
                "groupingKey=#bean:key"
            })
    void groupingKeyIsReadInEachForm(String options) {
        context.getRegistry().bind("key", Map.of("region", "eu", "stage", "load"));

        assertThat(endpoint("pushgateway:a?" + options).getConfiguration().getGroupingKey())
                .containsExactlyInAnyOrderEntriesOf(Map.of("region", "eu", "stage", "load"));
    }

    @Test
    void singleGroupingKeyLabelMayContainAnyCharacters() {
        assertThat(endpoint("pushgateway:a?groupingKey.path=RAW(/a,b=c;d&e)")
                        .getConfiguration()
                        .getGroupingKey())
                .containsEntry("path", "/a,b=c;d&e");
    }

    @Test
    void optionsAreRead() {
        PushgatewayEndpoint endpoint = endpoint("pushgateway:a?metricName=rows&metricValue=now&metricType=counter"
                + "&metricHelp=Rows read&labels.stage=load&gaugeHeaders=batch_*,rows&allowEmpty=true&instanceIp=true"
                + "&synchronous=true");

        PushgatewayConfiguration options = endpoint.getConfiguration();
        assertThat(options.getMetricName()).isEqualTo("rows");
        assertThat(options.getMetricValue()).isEqualTo("now");
        assertThat(options.getMetricType()).isEqualTo(MetricType.COUNTER);
        assertThat(options.getMetricHelp()).isEqualTo("Rows read");
        assertThat(options.getLabels()).isEqualTo(Map.of("stage", "load"));
        assertThat(options.getGaugeHeaders()).isEqualTo("batch_*,rows");
        assertThat(options.isAllowEmpty()).isTrue();
        assertThat(options.isInstanceIp()).isTrue();
        assertThat(options.isSynchronous()).isTrue();
    }

    @Test
    void gatewayOptionsAreRead() {
        PushgatewayHandler handler = (request, next) -> next.handle(request);
        context.getRegistry().bind("custom", handler);

        GatewayConfiguration options = endpoint("pushgateway:a?url=gateway:9091/x&connectTimeout=2s&requestTimeout=1m"
                        + "&username=ops&password=RAW(a+b&c)&httpHeader.X-Scope-OrgID=tenant&handler=#custom"
                        + "&format=protobuf&compression=Snappy&maxRetries=5&retryDelay=1s&onPushFailure=warn")
                .getGateway();

        assertThat(options.getUrl()).isEqualTo("gateway:9091/x");
        assertThat(options.getConnectTimeout()).isEqualTo(2_000);
        assertThat(options.getRequestTimeout()).isEqualTo(60_000);
        assertThat(options.getUsername()).isEqualTo("ops");
        assertThat(options.getPassword()).isEqualTo("a+b&c");
        assertThat(options.getHttpHeader()).isEqualTo(Map.of("X-Scope-OrgID", "tenant"));
        assertThat(options.getHandler()).isSameAs(handler);
        assertThat(options.getFormat()).isEqualTo(Format.PROTOBUF);
        assertThat(options.getCompression()).isEqualTo(Compression.SNAPPY);
        assertThat(options.getMaxRetries()).isEqualTo(5);
        assertThat(options.getRetryDelay()).isEqualTo(1_000);
        assertThat(options.getOnPushFailure()).isEqualTo(PushFailurePolicy.WARN);
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "500ms, 500", "10s, 10000", "1m30s, 90000", "1h, 3600000", "PT2S, 2000"})
    void durationIsReadInEachForm(String text, long millis) {
        assertThat(endpoint("pushgateway:a?requestTimeout=" + text).getGateway().getRequestTimeout())
                .isEqualTo(millis);
    }

    @Test
    void endpointOptionsOverrideComponentOptions() {
        GatewayConfiguration shared =
                context.getComponent("pushgateway", PushgatewayComponent.class).getConfiguration();
        shared.setUrl("http://shared:9091");
        shared.setConnectTimeout(1_000);
        shared.setRequestTimeout(3_000);
        shared.setBearerToken("t0ken");
        shared.setFormat(Format.PROTOBUF);
        shared.setCompression(Compression.GZIP);
        shared.getHttpHeader().put("X-A", "a");

        GatewayConfiguration options = endpoint("pushgateway:a?requestTimeout=4s&compression=none&httpHeader.X-B=b")
                .getGateway();

        assertThat(options.getUrl()).isEqualTo("http://shared:9091");
        assertThat(options.getConnectTimeout()).isEqualTo(1_000);
        assertThat(options.getRequestTimeout()).isEqualTo(4_000);
        assertThat(options.getBearerToken()).isEqualTo("t0ken");
        assertThat(options.getFormat()).isEqualTo(Format.PROTOBUF);
        assertThat(options.getCompression()).isEqualTo(Compression.NONE);
        assertThat(options.getHttpHeader()).isEqualTo(Map.of("X-A", "a", "X-B", "b"));
        assertThat(shared.getHttpHeader()).isEqualTo(Map.of("X-A", "a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pushgateway://?metricName=x                       | the job is missing",
                "pushgateway:?metricName=x                         | the job is missing",
                "pushgateway:a?metricNam=x                         | metricNam",
                "pushgateway:a?operation=replace                   | replace",
                "pushgateway:a?format=openmetrics                  | openmetrics",
                "pushgateway:a?compression=zstd                    | zstd",
                "pushgateway:a?metricType=histogram                | histogram",
                "pushgateway:a?url=ftp://gateway                   | scheme 'ftp'",
                "pushgateway:a?url=http://gateway:99999            | not the URL of a gateway",
                "pushgateway:a?url=http://ops:s3cret@gateway       | username",
                "pushgateway:a?groupingKey=region                  | name=value",
                "pushgateway:a?groupingKey=job=b                   | contains the label 'job'",
                "pushgateway:a?groupingKey.a-b=c                   | not a label name",
                "pushgateway:a?groupingKey.__a=c                   | reserved",
                "pushgateway:a?groupingKey=#nobody                 | nobody",
                "pushgateway:a?labels.a-b=c                        | not a label name",
                "pushgateway:a?metricName=a b                      | not a metric name",
                "pushgateway:a?metricFilter=!                      | metricFilter is '!', which contains an empty"
                        + " pattern",
                "pushgateway:a?metricFilter=camel_*,               | contains an empty pattern",
                "pushgateway:a?registry=metrics                    | registry is of type java.lang.String",
                "pushgateway:a?registry=#nobody                    | nobody",
                "pushgateway:a?operation=report&registry=abc       | registry is of type java.lang.String",
                "pushgateway:a?requestTimeout=0                    | requestTimeout",
                "pushgateway:a?retryDelay=abc                      | 'abc', which is not a duration",
                "pushgateway:a?requestTimeout=10x                  | not a duration",
                "pushgateway:a?connectTimeout=-1                   | connectTimeout",
                "pushgateway:a?maxRetries=-1                       | maxRetries",
                "pushgateway:a?retryDelay=-1                       | retryDelay",
                "pushgateway:a?maxPending=0                        | maxPending is 0; set a number of at least 1",
                "pushgateway:a?maxPending=-1                       | maxPending is -1; set a number of at least 1",
                "pushgateway:a?username=ops                        | password is not",
                "pushgateway:a?password=s3cret                     | username is not",
                "pushgateway:a?username=o:ps&password=s3cret       | colon",
                "pushgateway:a?username=ops&password=s3cret&bearerToken=s3cret2 | remove one",
                "pushgateway:a?bearerToken=RAW(s3cret 2)           | not allowed in a token",
                "pushgateway:a?username=a&password=s3cret&httpHeader.Authorization=x | remove one of them",
                "pushgateway:a?proxyUsername=ops                   | proxyUsername is set, but proxyPassword is not",
                "pushgateway:a?proxyPassword=s3cret                | proxyPassword is set, but proxyUsername is not",
                "pushgateway:a?proxyUsername=o:ps&proxyPassword=s3cret | proxyUsername contains a colon",
                "pushgateway:a?proxyUsername=a&proxyPassword=s3cret&httpHeader.Proxy-Authorization=x | only one Proxy-A",
                "pushgateway:a?httpHeader.Host=x                   | set by the component itself",
                "pushgateway:a?httpHeader.a/b=x                    | not a valid HTTP header name",
                "pushgateway:a?httpHeader.X-Key=é                  | not allowed in a header",
                "pushgateway:a?handler=#nobody                     | nobody",
                "pushgateway:a?onPushFailure=shrug                 | shrug",
                "pushgateway:a?distribution=split                  | split",
                "pushgateway:a?url=http://a,,http://b              | empty entry",
                "pushgateway:a?url=http://a,http://a/              | twice",
                "pushgateway:a?url=http://a,http://ops:s3cret@b    | username"
            })
    void invalidUriIsRejected(String uri, String expectedMessage) {
        assertThatThrownBy(() -> context.getEndpoint(uri))
                .isInstanceOfAny(ResolveEndpointFailedException.class, NoSuchEndpointException.class)
                .hasMessageContaining(expectedMessage)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void escapedLabelNameMaySelectGroupsButNotBePushed() throws Exception {
        PushgatewayEndpoint endpoint = endpoint("pushgateway:a?groupingKey.U__l_2e_1=v*");

        assertThat(endpoint.createConsumer(exchange -> {})).isNotNull();
        assertThatThrownBy(endpoint::createProducer).hasMessageContaining("starts with U__");
        assertThat(endpoint("pushgateway:a?operation=delete&groupingKey.U__l_2e_1=v")
                        .createProducer())
                .isNotNull();
    }

    @Test
    void groupsAreConsumedOncePerMinute() throws Exception {
        PushgatewayEndpoint endpoint = endpoint("pushgateway:nightly-*");

        ScheduledPollConsumer consumer = (ScheduledPollConsumer) endpoint.createConsumer(exchange -> {});

        assertThat(consumer.getDelay()).isEqualTo(60_000);
    }

    @Test
    void endpointExposesUrlAndProtocolOfGateway() {
        PushgatewayEndpoint endpoint = endpoint("pushgateway:a?url=https://gateway/prefix/");

        assertThat(endpoint.getServiceUrl()).isEqualTo("https://gateway/prefix");
        assertThat(endpoint.getServiceProtocol()).isEqualTo("https");

        PushgatewayEndpoint several = endpoint("pushgateway:a?distribution=MIRROR&url=http://a:9091,b:9091/x/");

        assertThat(several.getServiceUrl()).isEqualTo("http://a:9091,http://b:9091/x");
        assertThat(several.getGateway().getDistribution()).isEqualTo(Distribution.MIRROR);
    }

    private PushgatewayEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, PushgatewayEndpoint.class);
    }
}
