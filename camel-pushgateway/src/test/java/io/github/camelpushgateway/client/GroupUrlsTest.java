package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.testing.AnyGroupingKey;
import java.net.URI;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GroupUrlsTest {

    private final GroupUrls urls = new GroupUrls(GatewayUrl.parse("http://gateway:9091/prefix"));

    @Property(tries = 300)
    void eachGroupHasItsUrl(
            @ForAll(supplier = AnyGroupingKey.class) GroupingKey one,
            @ForAll(supplier = AnyGroupingKey.class) GroupingKey other) {
        for (int i = 0; i < 2; i++) {
            assertThat(urls.of(one)).hasToString("http://gateway:9091/prefix" + one.path());
            assertThat(urls.of(other)).hasToString("http://gateway:9091/prefix" + other.path());
        }
    }

    @Example
    void urlOfEqualGroupIsParsedOnce() {
        URI first = urls.of(GroupingKey.of("a", Map.of("region", "eu")));

        assertThat(urls.of(GroupingKey.of("a", Map.of("region", "eu")))).isSameAs(first);
    }

    @Example
    void cacheIsLimited() {
        URI first = urls.of(GroupingKey.of("first"));

        for (int i = 0; i < 200; i++) {
            urls.of(GroupingKey.of("job" + i));
        }

        assertThat(urls.of(GroupingKey.of("first"))).isEqualTo(first).isNotSameAs(first);
    }

    @Example
    void longUrlIsNotCached() {
        GroupingKey group = GroupingKey.of("x".repeat(1_000));
        URI first = urls.of(group);

        assertThat(urls.of(group)).isEqualTo(first).isNotSameAs(first);
    }
}
