package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares glob patterns with the regular expressions of the JDK. */
class GlobPatternTest {

    @Property(tries = 5_000)
    void matchesLikeEquivalentRegularExpression(@ForAll("texts") String text, @ForAll("texts") String pattern) {
        assertThat(GlobPattern.of(pattern).match(text))
                .isEqualTo(Pattern.compile(expression(pattern), Pattern.DOTALL)
                        .matcher(text)
                        .matches());
    }

    private static String expression(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length() && "*?\\".indexOf(pattern.charAt(i + 1)) >= 0) {
                expression.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return expression.toString();
    }

    @Property(tries = 2_000)
    void exactPatternMatchesOnlyItsText(@ForAll("texts") String text, @ForAll("texts") String other) {
        assertThat(GlobPattern.exactly(text).match(text)).isTrue();
        assertThat(GlobPattern.exactly(text).match(other)).isEqualTo(text.equals(other));
        assertThat(GlobPattern.exactly(text).isUnspecific()).isEqualTo(text.isEmpty());
    }

    /** Texts of few different characters, so that they match often. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', '*', '?', '\\', '\n').ofMaxLength(8);
    }

    @Example
    void onlyWildcardsAreUnspecific() {
        assertThat(GlobPattern.of("*").isUnspecific()).isTrue();
        assertThat(GlobPattern.of("?*").isUnspecific()).isTrue();
        assertThat(GlobPattern.of("\\*").isUnspecific()).isFalse();
        assertThat(GlobPattern.of("a*").isUnspecific()).isFalse();
        assertThat(GlobPattern.of("*-a").isUnspecific()).isFalse();
    }

    @Example
    void manyAsterisksAreMatchedQuickly() {
        assertThat(GlobPattern.of("*a".repeat(200) + "b").match("a".repeat(5_000)))
                .isFalse();
    }
}
