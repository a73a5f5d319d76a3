package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.testing.AnyName;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The schemes that escape names. */
class NameCodecTest {

    @Property
    void escapedNamesAreClassic(@ForAll(supplier = AnyName.class) String name, @ForAll boolean isMetric) {
        assertThat(new String[] {
                    NameCodec.underscores(name, isMetric),
                    NameCodec.dots(name, isMetric),
                    NameCodec.values(name, isMetric)
                })
                .allMatch(escaped -> isMetric ? ClassicNames.isMetricName(escaped) : ClassicNames.isLabelName(escaped));
    }

    @Property
    void originalIsTheInverseOfValues(@ForAll(supplier = AnyName.class) String name, @ForAll boolean isMetric) {
        assertThat(NameCodec.original(NameCodec.values(name, isMetric))).isEqualTo(name);
    }

    @Property
    void classicNamesAreUnchangedWithUnderscoresAndValues(@ForAll(supplier = AnyName.class) String name) {
        Assume.that(ClassicNames.isMetricName(name) && !name.startsWith("U__"));

        assertThat(NameCodec.underscores(name, true)).isEqualTo(name);
        assertThat(NameCodec.values(name, true)).isEqualTo(name);
    }

    /** Names that start with the prefix of escaped names are the documented difference. */
    @Property
    void metricsAreEscapedLikeInTheJavaLibrary(@ForAll(supplier = AnyName.class) String name) {
        assertThat(NameCodec.underscores(name, true))
                .isEqualTo(PrometheusNaming.escapeName(name, EscapingScheme.UNDERSCORE_ESCAPING));
        assertThat(NameCodec.dots(name, true))
                .isEqualTo(PrometheusNaming.escapeName(name, EscapingScheme.DOTS_ESCAPING));
        if (!name.startsWith("U__")) {
            assertThat(NameCodec.values(name, true))
                    .isEqualTo(PrometheusNaming.escapeName(name, EscapingScheme.VALUE_ENCODING_ESCAPING));
        }
    }

    /** The vectors of the Go library and of the Pushgateway's README. */
    @Example
    void namesAreEscapedLikeInTheGoLibrary() {
        assertThat(NameCodec.underscores("mysystem.prod.west.cpu.load", true)).isEqualTo("mysystem_prod_west_cpu_load");
        assertThat(NameCodec.dots("mysystem.prod.west.cpu.load_total", true))
                .isEqualTo("mysystem_dot_prod_dot_west_dot_cpu_dot_load__total");
        assertThat(NameCodec.values("mysystem.prod.west.cpu.load_total", true))
                .isEqualTo("U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total");
        assertThat(NameCodec.underscores("http.status:sum", true)).isEqualTo("http_status:sum");
        assertThat(NameCodec.dots("label with 😱", true)).isEqualTo("label__with____");
        assertThat(NameCodec.values("label with 😱", true)).isEqualTo("U__label_20_with_20__1f631_");
        assertThat(NameCodec.values("花火", true)).isEqualTo("U___82b1__706b_");
        assertThat(NameCodec.values("foo.bar", false)).isEqualTo("U__foo_2e_bar");
        assertThat(NameCodec.values("U__foo_2e_bar", false)).isEqualTo("U___55_____foo__2e__bar");
        assertThat(NameCodec.values("1a", false)).isEqualTo("U___31_a");
    }

    @Example
    void labelsHaveNoColon() {
        assertThat(NameCodec.underscores("a:b", false)).isEqualTo("a_b");
        assertThat(NameCodec.dots("a:b", false)).isEqualTo("a__b");
        assertThat(NameCodec.values("a:b", false)).isEqualTo("U__a_3a_b");
    }

    @Example
    void invalidEscapedNamesAreUnchanged() {
        for (String name : new String[] {
            "U__in_xxx_valid", "U__a_2e", "U__a_", "U__a_110000_", "U__a_d800_", "U__a_0000002e_", "U__a_2é_", "a_2e_b"
        }) {
            assertThat(NameCodec.original(name)).isEqualTo(name);
        }
        assertThat(NameCodec.original("U__a_2E_b")).isEqualTo("a.b");
    }
}
