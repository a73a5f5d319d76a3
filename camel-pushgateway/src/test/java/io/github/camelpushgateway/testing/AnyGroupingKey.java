package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GroupingKey;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * A generator of valid grouping keys, often with unusual values. No value is empty, because such a key is valid only
 * for a delete.
 */
public final class AnyGroupingKey implements ArbitrarySupplier<GroupingKey> {

    @Override
    public Arbitrary<GroupingKey> get() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("abzAZ019_")
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(name -> !Character.isDigit(name.charAt(0)) && !name.startsWith("__") && !name.equals("job"));
        return Combinators.combine(
                        AnyText.notEmpty(),
                        Arbitraries.maps(names, AnyText.notEmpty()).ofMaxSize(4))
                .as(GroupingKey::of);
    }
}
