package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** Label names in pushes, and in groups that other clients have pushed. */
class LabelRulesTest {

    @Property
    void pushApiNameIsValidForAnyStoredName(
            @ForAll
                    @AlphaChars
                    @CharRange(from = '0', to = '9')
                    @Chars({'_', '.', ':', '-', 'é'})
                    @StringLength(min = 1, max = 12)
                    String name) {
        assertThatCode(() -> LabelRules.validateExistingName(LabelRules.pushApiName(name)))
                .doesNotThrowAnyException();
    }

    @Example
    void classicNamesAreUnchanged() {
        assertThat(LabelRules.pushApiName("region")).isEqualTo("region");
        assertThat(LabelRules.pushApiName("_x1")).isEqualTo("_x1");
        assertThat(LabelRules.pushApiName("U__not_")).isEqualTo("U__not_");
    }

    @Example
    void otherNamesAreEscaped() {
        assertThat(LabelRules.pushApiName("l.1")).isEqualTo("U__l_2e_1");
        assertThat(LabelRules.pushApiName("a:b")).isEqualTo("U__a_3a_b");
        assertThat(LabelRules.pushApiName("__name__")).isEqualTo("U______name____");
        assertThat(LabelRules.pushApiName("1é_")).isEqualTo("U___31__e9___");
    }

    @Example
    void escapedNameIsRejectedInPushes() {
        assertThatThrownBy(() -> LabelRules.validateName("U__l_2e_1"))
                .hasMessageContaining("starts with U__, which some gateways treat as the prefix of an escaped name");
        assertThatCode(() -> LabelRules.validateExistingName("U__l_2e_1")).doesNotThrowAnyException();
    }
}
