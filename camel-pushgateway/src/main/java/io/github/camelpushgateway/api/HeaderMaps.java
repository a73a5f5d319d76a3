package io.github.camelpushgateway.api;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of HTTP headers with case-insensitive names. */
@Internal
public final class HeaderMaps {

    private static final Map<String, String> EMPTY = new Copy(Map.of());

    private HeaderMaps() {}

    /** Returns an unmodifiable copy with case-insensitive names. The copy of such a copy is the copy itself. */
    public static Map<String, String> copy(Map<String, String> headers) {
        if (headers instanceof Copy) {
            return headers;
        }
        return headers.isEmpty() ? EMPTY : new Copy(headers);
    }

    /** Returns the headers of a copy for its user, as an unmodifiable map. */
    static Map<String, String> view(Map<String, String> copy) {
        return ((Copy) copy).view;
    }

    /** A copy, which is recognised by its class and not copied again. */
    private static final class Copy extends AbstractMap<String, String> {

        private final SortedMap<String, String> view;

        Copy(Map<String, String> original) {
            SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(original);
            view = Collections.unmodifiableSortedMap(headers);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return view.entrySet();
        }
    }
}
