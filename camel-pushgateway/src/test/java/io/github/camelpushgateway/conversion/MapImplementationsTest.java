package io.github.camelpushgateway.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A body that is any implementation of Map is read and not modified. */
class MapImplementationsTest extends ContextTestSupport {

    private List<String> metrics(Map<?, ?> body) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.map(ValueConversion.map(body, new DefaultExchange(context).getMessage()));
        return metrics.build().stream()
                .map(family -> family.getMetadata().getName())
                .toList();
    }

    @Test
    void sortedMapMayHaveCharSequenceKeys() throws IOException {
        Map<CharSequence, Integer> body = new TreeMap<>(Map.of(new StringBuilder("rows"), 2));

        assertThat(metrics(body)).containsExactly("rows");
    }

    @Test
    void sortedMapWithOtherKeysIsRejected() {
        assertThatThrownBy(() -> metrics(new TreeMap<>(Map.of(TimeUnit.DAYS, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a String");
    }

    @Test
    void mapThatCreatesMissingEntriesIsNotModified() throws IOException {
        Map<Object, Integer> body = new HashMap<>(Map.of("rows", 5)) {
            @Override
            public Integer get(Object key) {
                return computeIfAbsent(key, missing -> 0);
            }
        };

        assertThat(metrics(body)).containsExactly("rows");
        assertThat(body).containsOnlyKeys("rows");
    }

    @Test
    void keysWithTheSameTextAreRejected() throws IOException {
        Map<CharSequence, Integer> body = new HashMap<>(Map.of("rows", 1, CharBuffer.wrap("rows"), 2));
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.map(ValueConversion.map(body, new DefaultExchange(context).getMessage()));

        assertThatThrownBy(() -> new PushRequest(PushOperation.PUSH, GroupingKey.of("a"), metrics.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("occurs twice");
    }

    @Test
    void mapMayReturnKeyTwice() throws IOException {
        Map<String, Integer> body = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Integer>> entrySet() {
                return Set.of(new SimpleEntry<>("rows", 1), new SimpleEntry<>("rows", 2));
            }
        };

        assertThat(metrics(body)).containsExactly("rows");
    }
}
