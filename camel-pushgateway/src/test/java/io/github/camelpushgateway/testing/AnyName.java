package io.github.camelpushgateway.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** A generator of names of metrics and labels, most of which are not classic. */
public final class AnyName implements ArbitrarySupplier<String> {

    @Override
    public Arbitrary<String> get() {
        Arbitrary<String> parts = Arbitraries.of(
                "a", "Z", "7", "_", "__", ".", ":", "-", " ", "\"", "\\", "\n", "/", "{", "=", "é", "漢", "😀", "\u0000",
                "U__", "_2e_", "_dot_", "total", "le", "job");
        return parts.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join("", list));
    }
}
