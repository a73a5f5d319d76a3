package io.github.camelpushgateway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.PushgatewayPublisher;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;

/** The properties of the publisher are read in each spelling and from each source. */
class PublisherPropertiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_PUBLISHER_URI=pushgateway:a\\nCAMEL_PUSHGATEWAY_PUBLISHER_INTERVAL=30s\\nCAMEL_PUSHGATEWAY_PUBLISHER_ONSTOP=delete",
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_PUBLISHER_URI=pushgateway:a\\nCAMEL_PUSHGATEWAY_PUBLISHER_INTERVAL=30s\\nCAMEL_PUSHGATEWAY_PUBLISHER_ON_STOP=delete",
                "SYSTEM_PROPERTIES | camel.pushgateway.publisher.URI=pushgateway:a\\ncamel.pushgateway.publisher.interval=30s\\ncamel.pushgateway.publisher.onStop=delete",
                "PROPERTIES_FILE | camel.pushgateway.publisher.uri=pushgateway:a\\ncamel.pushgateway.publisher.interval=30s\\ncamel.pushgateway.publisher.on-stop=delete",
                "YAML_FILE | camel.pushgateway.publisher:\\n  uri: pushgateway:a\\n  interval: 30s\\n  on_stop: delete"
            })
    void propertiesAreReadInEachSpelling(PropertySources source, String text) throws IOException {
        Environment environment = source.environment(text);

        assertThat(PublisherProperties.hasUri(environment)).isTrue();
        PushgatewayPublisher publisher = PublisherProperties.publisher(environment);
        assertThat(publisher.getUri()).isEqualTo("pushgateway:a");
        assertThat(publisher.getInterval()).isEqualTo("30s");
        assertThat(publisher.getOnStop()).isEqualTo("delete");
    }

    @Test
    void emptyPropertiesAreUnset() throws IOException {
        Environment environment = PropertySources.PROPERTIES_FILE.environment(
                "camel.pushgateway.publisher.uri=\\ncamel.pushgateway.publisher.interval=\\ncamel.pushgateway.publisher.on-stop=");

        assertThat(PublisherProperties.hasUri(environment)).isFalse();
        PushgatewayPublisher publisher = PublisherProperties.publisher(environment);
        assertThat(publisher.getUri()).isNull();
        assertThat(publisher.getInterval()).isNull();
        assertThat(publisher.getOnStop()).isEqualTo("push");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_PUBLISHER_URL=a",
                "SYSTEM_PROPERTIES | camel.pushgateway.publisher.url=a",
                "PROPERTIES_FILE | camel.pushgateway.publisher.uri.x=a",
                "YAML_FILE | camel.pushgateway.publisher.stop: a"
            })
    void unknownNameIsRejectedWithKnownNames(PropertySources source, String text) throws IOException {
        Environment environment = source.environment(text);

        assertThatThrownBy(() -> PublisherProperties.hasUri(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "unknown property camel.pushgateway.publisher.",
                        "camel.pushgateway.publisher.uri",
                        "camel.pushgateway.publisher.interval",
                        "camel.pushgateway.publisher.on-stop");
    }
}
