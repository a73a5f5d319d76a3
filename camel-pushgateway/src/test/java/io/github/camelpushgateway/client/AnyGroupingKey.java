package io.github.camelpushgateway.client;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Every legal grouping key, awkward ones often. No value is empty: such a key is legal only for a delete. */
public final class AnyGroupingKey implements ArbitrarySupplier<GroupingKey> {

    @Override
    public Arbitrary<GroupingKey> get() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("abzAZ019_")
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(name -> !Character.isDigit(name.charAt(0)) && !name.startsWith("__") && !name.equals("job"));
        return Combinators.combine(values(), Arbitraries.maps(names, values()).ofMaxSize(4))
                .as(GroupingKey::of);
    }

    private static Arbitrary<String> values() {
        Arbitrary<String> awkward = Arbitraries.of(
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
        Arbitrary<String> unicode = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text ->
                        text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        return Arbitraries.frequencyOf(Tuple.of(3, awkward), Tuple.of(3, plain), Tuple.of(2, unicode));
    }
}
