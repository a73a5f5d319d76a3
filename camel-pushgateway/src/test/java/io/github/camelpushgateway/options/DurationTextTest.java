package io.github.camelpushgateway.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.camel.util.TimeUtils;

class DurationTextTest {

    /** Durations in Camel's notation have the same value as in Camel. */
    @Property(tries = 1_000)
    void durationInCamelNotationIsParsedAsByCamel(
            @ForAll @LongRange(max = 99) long days,
            @ForAll @LongRange(max = 99) long hours,
            @ForAll @LongRange(max = 99) long minutes,
            @ForAll @LongRange(max = 99) long seconds,
            @ForAll @LongRange(max = 9_999) long millis) {
        String text = part(days, "d") + part(hours, "h") + part(minutes, "m") + part(seconds, "s") + part(millis, "ms");
        if (!text.isEmpty()) {
            Duration expected = Duration.ofDays(days)
                    .plusHours(hours)
                    .plusMinutes(minutes)
                    .plusSeconds(seconds)
                    .plusMillis(millis);
            assertThat(DurationText.parse("x", text))
                    .isEqualTo(expected)
                    .isEqualTo(Duration.ofMillis(TimeUtils.toMilliSeconds(text)));
        }
        Duration duration = Duration.ofMillis(days * 86_400_000 + millis);
        assertThat(DurationText.parse("x", duration.toString())).isEqualTo(duration);
        assertThat(DurationText.parse("x", String.valueOf(duration.toMillis()))).isEqualTo(duration);
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
