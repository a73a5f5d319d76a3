package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void shortTextIsUnchanged() {
        String message = "the metric 'rows' has no value; send a number";

        assertThat(Excerpt.message(message)).isEqualTo(message);
        assertThat(Excerpt.text(message)).isEqualTo(message);
    }

    @Test
    void longNameIsShortenedWithinItsQuotationMarks() {
        String message = "the metric '" + "x".repeat(10_000) + "' has no value; send a number";

        assertThat(Excerpt.message(message))
                .isEqualTo("the metric '" + "x".repeat(100) + "...' has no value; send a number");
    }

    @Test
    void longTextIsShortened() {
        assertThat(Excerpt.text("x y ".repeat(1000))).isEqualTo("x y ".repeat(25) + "...");
    }
}
