package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void whatIsShortIsShownAsItIs() {
        String message = "the metric 'rows' has no value; give a number";

        assertThat(Shown.message(message)).isEqualTo(message);
        assertThat(Shown.text(message)).isEqualTo(message);
    }

    @Test
    void aLongNameIsCutWithinItsQuotationMarks() {
        String message = "the metric '" + "x".repeat(10_000) + "' has no value; give a number";

        assertThat(Shown.message(message))
                .isEqualTo("the metric '" + "x".repeat(100) + "...' has no value; give a number");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Shown.text("x y ".repeat(1000))).isEqualTo("x y ".repeat(25) + "...");
    }
}
