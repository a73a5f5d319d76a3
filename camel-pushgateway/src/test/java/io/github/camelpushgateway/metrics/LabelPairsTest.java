package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelPairsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region=eu,stage=load",
                "region=eu;stage=load",
                " region = eu , stage = load ",
                "region=eu,,stage=load,"
            })
    void parsesText(String text) {
        assertThat(LabelPairs.read(text)).containsExactly(entry("region", "eu"), entry("stage", "load"));
    }

    @Test
    void valueMayContainEqualsSignsOrBeEmpty() {
        assertThat(LabelPairs.read("q=a=b,e=")).containsExactly(entry("q", "a=b"), entry("e", ""));
    }

    @Test
    void keepsOrderOfMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", "x,y=z");

        assertThat(LabelPairs.read(map)).containsExactly(entry("z", "1"), entry("a", "x,y=z"));
    }

    @Test
    void nullAndBlankTextHaveNoLabels() {
        assertThat(LabelPairs.read(null)).isEmpty();
        assertThat(LabelPairs.read("  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "=eu", "region=eu,stage", "a=1,a=2"})
    void rejectsTextOfAnotherForm(String text) {
        assertThatThrownBy(() -> LabelPairs.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsNullsAndOtherTypes() {
        assertThatThrownBy(() -> LabelPairs.read(Collections.singletonMap("region", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region");
        assertThatThrownBy(() -> LabelPairs.read(Collections.singletonMap(null, "eu")))
                .isInstanceOf(IllegalArgumentException.class);
        for (Object several : List.of(List.of("a", "b"), Map.of(), new byte[1], new String[] {"a"})) {
            assertThatThrownBy(() -> LabelPairs.read(Map.of("region", several)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("set a single text");
        }
        assertThatThrownBy(() -> LabelPairs.read(List.of("region=eu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set a Map");
    }
}
