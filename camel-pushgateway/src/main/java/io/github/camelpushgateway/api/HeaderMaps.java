package io.github.camelpushgateway.api;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    private static final class Copy extends AbstractMap<String, String> {

        private final SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        Copy(Map<String, String> original) {
            headers.putAll(original);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return Collections.unmodifiableSortedMap(headers).entrySet();
        }

        @Override
        public int size() {
            return headers.size();
        }

        @Override
        public @Nullable String get(@Nullable Object name) {
            return name instanceof String ? headers.get(name) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return name instanceof String && headers.containsKey(name);
        }
    }
}
