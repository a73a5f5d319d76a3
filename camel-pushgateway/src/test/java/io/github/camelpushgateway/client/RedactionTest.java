package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of which a server repeats only a part. */
class RedactionTest {

    private static final String TOKEN = "t0k3n+abcdef/ghijkl";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sid=tok3n1234; b=2   | no session tok3n1234 | no session xxxxxx",
                "a=1;sid=\"tok3n1234\" | no session 'tok3n1234' | no session 'xxxxxx'",
                "sid=tok3n1234        | TOK3N1234!           | xxxxxx!",
                "k3y0ne,k3yTwo        | k3yTwo and k3y0ne    | xxxxxx and xxxxxx",
                "sid=abc; b=2         | abc is 2             | abc is 2"
            })
    void aPartOfAHeaderIsRedacted(String header, String text, String redacted) {
        assertThat(new Redaction(Map.of("Cookie", header)).apply(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t0k3n+ab",
                "t0k3n+abcdef/ghijk",
                "T0K3N+ABCDEF",
                "t0k3n%2Babcdef%2Fgh",
                "t0k3n%2Babcdef%2",
                "t0k3n%252Babcdef%",
                "t0k3n&#43;abcdef&#4",
                "t0k3n+abcdef\\/gh",
                "t0k3n+abcdef\uFFFD",
                "Bearer t0k"
            })
    void theBeginningOfASecretAtTheEndIsRedacted(String prefix) {
        Redaction redaction = new Redaction(Map.of("Authorization", "Bearer " + TOKEN));

        assertThat(redaction.apply("no such user: " + prefix)).isEqualTo("no such user: xxxxxx");
        assertThat(redaction.apply(TOKEN + " or " + prefix)).isEqualTo("xxxxxx or xxxxxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0k3n+a", "t0k3n+abc is wrong", "0k3n+abcdef", "Bearer"})
    void otherTextStays(String text) {
        assertThat(new Redaction(Map.of("Authorization", "Bearer " + TOKEN)).apply(text))
                .isEqualTo(text);
    }

    @Test
    void aLongSecretTakesNoLongTime() {
        String secret = "a".repeat(8_000) + "b";

        assertThat(new Redaction(Map.of("X-Key", secret)).apply("x".repeat(8_000) + "a".repeat(8_000)))
                .isEqualTo("x".repeat(8_000) + "xxxxxx");
    }

    /** A sign has several spellings; a text that repeats a part of the secret must not cost all combinations of them. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "_", "-_.~", "+/", "=;"})
    void aPartOfASecretWithManySignsTakesNoLongTime(String signs) {
        String secret = ("abc" + signs).repeat(40) + "end";
        String text = "wrong: " + secret.substring(0, secret.length() - 4) + "; ask the administrator";

        assertThat(new Redaction(Map.of("X-Key", secret)).apply(text)).endsWith("; ask the administrator");
    }
}
