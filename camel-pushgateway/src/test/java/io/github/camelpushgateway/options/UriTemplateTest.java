package io.github.camelpushgateway.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URIs of dynamic endpoints that do not occur in the routes of other tests. */
class UriTemplateTest {

    /** A typed endpoint has a hash in place of its beans. Only the evaluated URI contains their generated names. */
    @ParameterizedTest
    @CsvSource({
        "pushgateway:x?hash=12ab&metricName=${header.a}, pushgateway:x?handler=#1f2e&metricName=b",
        "pushgateway:x?hash=12ab&metricName=${header.a}, pushgateway:x?metricName=b&registry=#1f2e",
        "pushgateway:${header.a}?hash=12ab, pushgateway:x?registry=#1f2e",
        "pushgateway:x, pushgateway:x",
        "pushgateway:x?, pushgateway:x?",
        "pushgateway:${header.${header.b}}, pushgateway:x",
        "pushgateway:x?labels.a=${header.a}-${header.b}, pushgateway:x?labels.a=-----"
    })
    void evaluatedUriIsAccepted(String text, String evaluated) {
        assertThatCode(() -> UriTemplate.parse(text).validate(evaluated)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "pushgateway:x?metricName=${header.a}, pushgateway:x?handler=#1f2e&metricName=b",
        "pushgateway:x?hash=12ab&metricName=${header.a}, pushgateway:x?handler=#1f2e&metricName=b&url=http://evil",
        "pushgateway:x?hash=12ab&metricName=${header.a}, pushgateway:x?metricName=b&registry=#class:Evil",
        "pushgateway:x?metricName=a, pushgateway:x?metricName=a&url=http://evil"
    })
    void evaluatedUriIsRejected(String text, String evaluated) {
        assertThatThrownBy(() -> UriTemplate.parse(text).validate(evaluated))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longValueIsValidatedQuickly() {
        String text = "pushgateway:x?labels.a=${header.a}-${header.b}-${header.c}-${header.d}-${header.e}!";

        assertThatThrownBy(() -> UriTemplate.parse(text).validate("pushgateway:x?labels.a=" + "-".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
