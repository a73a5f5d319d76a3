package io.github.camelpushgateway.reference;

import java.util.Map;

/** Defaults of Camel's own options that the metadata does not contain. */
public final class UndocumentedDefaults {

    public static final Map<String, String> VALUES = Map.of(
            "backoffErrorThreshold", "0",
            "backoffIdleThreshold", "0",
            "backoffMultiplier", "0",
            "exchangePattern", "InOnly");

    private UndocumentedDefaults() {}
}
