package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.AnyGroupingKey;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingKeyTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "nightly-load_1.0~x, /metrics/job/nightly-load_1.0~x",
                "a b,                /metrics/job@base64/YSBi",
                "a+b,                /metrics/job@base64/YSti",
                "a/b,                /metrics/job@base64/YS9i",
                "/,                  /metrics/job@base64/Lw==",
                "a%2Fb,              /metrics/job@base64/YSUyRmI=",
                "a?b,                /metrics/job@base64/YT9i",
                "a#b,                /metrics/job@base64/YSNi",
                ".,                  /metrics/job@base64/Lg==",
                "..,                 /metrics/job@base64/Li4=",
                "...,                /metrics/job/...",
                "%2e%2e,             /metrics/job@base64/JTJlJTJl",
                "say \"hi\",         /metrics/job@base64/c2F5ICJoaSI=",
                "Zürich,             /metrics/job@base64/WsO8cmljaA==",
                "\uD83D\uDE00,       /metrics/job@base64/8J-YgA==",
                "`\n`,               /metrics/job@base64/Cg==",
            })
    void encodesValuesInPath(String job, String path) {
        assertThat(GroupingKey.of(job).path()).isEqualTo(path);
    }

    @Test
    void sortsLabelsByName() {
        GroupingKey key = GroupingKey.of("a", Map.of("stage", "load", "region", "eu/west"));

        assertThat(key.path()).isEqualTo("/metrics/job/a/region@base64/ZXUvd2VzdA==/stage/load");
        assertThat(key).hasToString("{job=\"a\",region=\"eu/west\",stage=\"load\"}");
    }

    @Test
    void textHasOnlyTheBeginningOfAVeryLongLabel() {
        assertThat(GroupingKey.of("a", Map.of("n".repeat(10_000), "v".repeat(10_000)))
                        .toString())
                .startsWith("{job=\"a\",nnn")
                .contains("nnn...=\"vvv")
                .hasSizeLessThan(1_000);
    }

    @Test
    void ignoresComparatorOfGivenMap() {
        // treats names of the same length as equal
        SortedMap<String, String> labels = new TreeMap<>(Comparator.comparingInt(String::length));
        labels.put("Aa", "1");
        SortedMap<String, String> others = new TreeMap<>(Comparator.comparingInt(String::length));
        others.put("BB", "1");

        assertThat(new GroupingKey("j", labels)).isNotEqualTo(new GroupingKey("j", others));
        assertThat(new GroupingKey("j", labels)).isEqualTo(GroupingKey.of("j", Map.of("Aa", "1")));
    }

    @Test
    void keysWithEqualJobAndLabelsAreEqual() {
        GroupingKey key = GroupingKey.of("a", Map.of("stage", "load"));

        assertThat(key)
                .isEqualTo(GroupingKey.of("a", Map.of("stage", "load")))
                .hasSameHashCodeAs(GroupingKey.of("a", Map.of("stage", "load")))
                .isNotEqualTo(GroupingKey.of("b", Map.of("stage", "load")))
                .isNotEqualTo(GroupingKey.of("a", Map.of("stage", "other")))
                .isNotEqualTo(GroupingKey.of("a"));
    }

    @Test
    void emptyValueIsEncodedAsPadding() {
        assertThat(GroupingKey.of("a", Map.of("instance", "")).path()).isEqualTo("/metrics/job/a/instance@base64/=");
    }

    @Test
    void toStringShortensLongValues() {
        GroupingKey key = GroupingKey.of("x".repeat(65_536));

        assertThat(key.toString()).hasSizeLessThan(300);
        assertThat(GroupingKey.parse(key.path())).isEqualTo(key);
    }

    @Test
    void rejectsEmptyJob() {
        assertThatThrownBy(() -> GroupingKey.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("job is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "__name__", "__x", "l.1", "é", "1a", "a-b", "", " a"})
    void rejectsInvalidLabelNames(String name) {
        assertThatThrownBy(() -> GroupingKey.of("a", Map.of(name, "x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00"})
    void rejectsUnpairedSurrogates(String value) {
        assertThatThrownBy(() -> GroupingKey.of(value)).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> GroupingKey.of("a", Map.of("l", value))).hasMessageContaining("surrogate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/metrics",
                "/metrics/job",
                "/metrics/job/a/b",
                "/other/job/a",
                "metrics/job/a",
                "/metrics/region/eu",
                "/metrics/job/a/job/b",
                "/metrics/job@base64/***",
                "/metrics/job/%zz"
            })
    void rejectsInvalidPaths(String path) {
        assertThatThrownBy(() -> GroupingKey.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parsesPathsOfOtherClients() {
        assertThat(GroupingKey.parse("/metrics/job/a%20b/path@base64/L3Zhci90bXA="))
                .isEqualTo(GroupingKey.of("a b", Map.of("path", "/var/tmp")));
        assertThat(GroupingKey.parse("/metrics/job/a+b")).isEqualTo(GroupingKey.of("a+b"));
    }

    @Test
    void isImmutable() {
        Map<String, String> labels = new TreeMap<>(Map.of("region", "eu"));
        GroupingKey key = GroupingKey.of("a", labels);

        labels.put("stage", "load");

        assertThat(key.labels()).containsOnlyKeys("region");
        assertThatThrownBy(() -> key.labels().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Property
    void pathContainsOnlyUnreservedCharactersAndMarkers(@ForAll(supplier = AnyGroupingKey.class) GroupingKey key) {
        assertThat(key.path()).matches("/metrics(/[a-zA-Z_][a-zA-Z0-9_]*(@base64)?/[A-Za-z0-9._~=-]+)+");
    }

    @Property
    void parseIsInverseOfPath(@ForAll(supplier = AnyGroupingKey.class) GroupingKey key) {
        assertThat(GroupingKey.parse(key.path())).isEqualTo(key);
    }
}
