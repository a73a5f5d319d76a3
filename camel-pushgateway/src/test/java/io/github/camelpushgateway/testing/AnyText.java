package io.github.camelpushgateway.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** A generator of texts that UTF-8 can encode, often unusual ones. */
public final class AnyText {

    private AnyText() {}

    public static Arbitrary<String> any() {
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just("")), Tuple.of(9, notEmpty()));
    }

    static Arbitrary<String> notEmpty() {
        Arbitrary<String> unusual = Arbitraries.of(
                " ",
                "+",
                "/",
                "//",
                "%",
                "%2F",
                "%00",
                "?",
                "#",
                ".",
                "..",
                "...",
                "../..",
                "=",
                "@base64",
                "\n",
                "\r\n",
                "\t",
                "\"",
                "\\",
                "\\n",
                "\u0000",
                "é",
                "\uFEFF",
                "\uD83D\uDE00",
                "a b",
                "a/b",
                "a+b",
                "job",
                "-_",
                "~");
        Arbitrary<String> plain = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> unicode = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(Character::toString)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(characters -> String.join("", characters));
        return Arbitraries.frequencyOf(Tuple.of(3, unusual), Tuple.of(3, plain), Tuple.of(2, unicode));
    }
}
