package io.github.camelpushgateway.client.transport;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The redaction of secrets, including those of which a server repeats only a part. */
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
    void partOfAHeaderIsRedacted(String header, String text, String redacted) {
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
    void beginningOfASecretAtTheEndIsRedacted(String prefix) {
        Redaction redaction = new Redaction(Map.of("Authorization", "Bearer " + TOKEN));

        assertThat(redaction.apply("no such user: " + prefix)).isEqualTo("no such user: xxxxxx");
        assertThat(redaction.apply(TOKEN + " or " + prefix)).isEqualTo("xxxxxx or xxxxxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0k3n+abcdef/ghi", "t0k3n+abcdef/ghijk", "t0k3n%2Babcdef%2Fghij", "T0K3N+abcdef\\/ghij"})
    void longBeginningOfASecretIsRedactedAnywhere(String beginning) {
        Redaction redaction = new Redaction(Map.of("Authorization", "Bearer " + TOKEN));

        assertThat(redaction.apply("invalid: " + beginning + "...; ask the administrator"))
                .isEqualTo("invalid: xxxxxx...; ask the administrator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0k3n+a", "t0k3n+abc is wrong", "0k3n+abcdef", "Bearer"})
    void otherTextIsUnchanged(String text) {
        assertThat(new Redaction(Map.of("Authorization", "Bearer " + TOKEN)).apply(text))
                .isEqualTo(text);
    }

    @Test
    void longSecretIsRedactedQuickly() {
        String secret = "a".repeat(8_000) + "b";

        assertThat(new Redaction(Map.of("X-Key", secret)).apply("x".repeat(8_000) + "a".repeat(8_000)))
                .isEqualTo("x".repeat(8_000) + "xxxxxx");
    }

    /**
     * A sign has several spellings; a text that repeats a part of the secret must not cost all combinations of them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"-", "_", "-_.~", "+/", "=;"})
    void secretWithManySignsIsSearchedQuickly(String signs) {
        String secret = ("abc" + signs).repeat(40) + "end";
        String text = "wrong: " + secret.substring(0, secret.length() - 4) + "! ask the administrator";

        assertThat(new Redaction(Map.of("X-Key", secret)).apply(text)).endsWith("! ask the administrator");
    }

    private static final String SIGNS = "-_.~+/=:;,&<>\"'%\\ (){}[]|@!?*#$^`\u00e9\u00df\u20ac\uD83D\uDE00";

    static Stream<String> signs() {
        return SIGNS.codePoints().mapToObj(Character::toString);
    }

    @ParameterizedTest
    @MethodSource("signs")
    @Timeout(20)
    void secretWithAnySignIsSearchedQuickly(String sign) {
        String secret = ("abc" + sign).repeat(100) + "end";
        String part = secret.substring(0, secret.length() - "end".length() - sign.length());

        Redaction redaction = new Redaction(Map.of("X-Key", secret));

        assertThat(redaction.apply("wrong: " + part + "! ask the administrator"))
                .matches(text -> text.equals(SecretFinder.REDACTED) || text.endsWith(" ask the administrator"));
        assertThat(redaction.apply("wrong: " + secret + "! ask the administrator"))
                .isIn(SecretFinder.REDACTED, "wrong: xxxxxx! ask the administrator");
        assertThat(redaction.apply("wrong: " + part)).isIn(SecretFinder.REDACTED, "wrong: xxxxxx");
    }

    /** A regular expression for it would overflow the stack. */
    @ParameterizedTest
    @MethodSource("signs")
    @Timeout(20)
    void longSecretOfOneSignIsRedacted(String sign) {
        Redaction redaction = new Redaction(Map.of("X-Line", 'a' + sign.repeat(4_000) + 'b'));

        assertThat(redaction.apply("got a" + sign.repeat(4_000) + "b!")).isIn(SecretFinder.REDACTED, "got xxxxxx!");
        assertThat(redaction.apply("got a" + sign.repeat(3_000))).isIn(SecretFinder.REDACTED, "got xxxxxx");
    }

    /** Each character of it may be the beginning of the secret. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "-", "%", "\\", "&", "&amp;", "%25", "\u00e9"})
    @Timeout(20)
    void repetitiveTextIsRedacted(String repeated) {
        String text = repeated.repeat(16_000 / repeated.length());

        assertThat(new Redaction(Map.of("X-Key", repeated.repeat(4_000 / repeated.length()) + 'b')).apply(text))
                .startsWith(SecretFinder.REDACTED)
                .hasSizeLessThan(100);
    }

    /** The repeated beginning is shorter than one that is redacted, so each search for a secret fails late. */
    @Test
    @Timeout(20)
    void textThatWouldTakeTooLongIsRedactedCompletely() {
        Map<String, String> secrets = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            secrets.put("X-Key-" + i, "a".repeat(15) + "b".repeat(5) + i);
        }

        assertThat(new Redaction(secrets).apply(("a".repeat(15) + "c").repeat(1_000)))
                .isEqualTo(SecretFinder.REDACTED);
    }

    @Test
    @Timeout(20)
    void manySecretsAreSearchedQuickly() {
        String cookie = IntStream.range(0, 2_000)
                .mapToObj(i -> "name" + i + "=value" + i)
                .collect(joining(";"));
        String words = IntStream.range(0, 2_000).mapToObj(i -> "word" + i).collect(joining(" "));

        assertThat(new Redaction(Map.of("Cookie", cookie)).apply("w".repeat(16_000) + " value1999 "))
                .isEqualTo("w".repeat(16_000) + " xxxxxx ");
        assertThat(new Redaction(Map.of("X-Words", words)).apply("x".repeat(16_000) + " word7 word8"))
                .doesNotContain("word7 word8");
    }

    @ParameterizedTest
    @CsvSource({
        "a, aa a, aa xxxxxx",
        "-, -a -, -a xxxxxx",
        "-%, %2D%25, xxxxxx",
        "&&&&&, &amp;&amp;amp;&#38;&#x026;&, xxxxxx",
        "'a\\\\bcd', 'a\\\\\\\\bcd', xxxxxx",
        "a/b<c, a\\/b\\u003cc, xxxxxx",
        "%%%%, %25%2525%%252525, xxxxxx",
        "a b c d, a+b%20c%2Bd, xxxxxx",
        "caf\u00e9, caf%C3%A9, xxxxxx",
        "caf\u00e9, caf%25C3%2525a9, xxxxxx",
        "caf\u00e9, caf\u00c3\u00a9, xxxxxx",
        "caf\u00e9, CAF\u00c9, xxxxxx",
        "caf\u00e9, caf\uFFFD, xxxxxx",
        "caf\u00e9, caf&#233;, xxxxxx",
        "x\uD83D\uDE00yz, x\\ud83d\\ude00yz, xxxxxx"
    })
    void secretIsRedactedInEachSpelling(String secret, String text, String redacted) {
        assertThat(new Redaction(Map.of("X-Key", secret)).apply(text)).isEqualTo(redacted);
    }
}
