package io.github.camelpushgateway.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of HTTP headers with case-insensitive names. */
@Internal
public final class HeaderMaps {

    private static final SortedMap<String, String> EMPTY =
            Collections.unmodifiableSortedMap(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private HeaderMaps() {}

    /** Returns an unmodifiable copy with case-insensitive names. */
    public static SortedMap<String, String> copy(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return EMPTY;
        }
        if (headers instanceof SortedMap<String, String> sorted
                && String.CASE_INSENSITIVE_ORDER.equals(sorted.comparator())) {
            // a sorted copy needs no comparisons
            return Collections.unmodifiableSortedMap(new TreeMap<>(sorted));
        }
        SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        return Collections.unmodifiableSortedMap(copy);
    }
}
