package io.github.camelpushgateway.conversion;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.jspecify.annotations.Nullable;

/**
 * Conversion of a value by the type converters that are declared for exactly the target type, and for the class of
 * the value, a superclass or an interface. Camel's own lookup also uses the cached results of earlier conversions,
 * such as a miss or the converter of a similar type. Its result therefore depends on earlier conversions.
 */
final class DeclaredConverters {

    private DeclaredConverters() {}

    /**
     * Returns the converted value, or null if no converter is declared or none returns the target type.
     *
     * @throws RuntimeException if a converter fails
     */
    static <T> @Nullable T convert(Class<T> type, Exchange exchange, Object value) {
        Map<Class<?>, TypeConverter> all =
                exchange.getContext().getTypeConverterRegistry().lookup(type);
        for (Class<?> source : sources(all, value)) {
            TypeConverter converter = Objects.requireNonNull(all.get(source));
            Object converted = null;
            try {
                converted = convert(converter, type, exchange, value);
            } catch (TypeConversionException e) {
                // Camel also caches the converter of a subclass for its superclass
                boolean shared = all.values().stream()
                                .filter(other -> other == converter)
                                .count()
                        > 1;
                if (!(shared && e.getCause() instanceof ClassCastException)) {
                    throw e;
                }
            }
            // a cached miss returns a value of another type
            if (type.isInstance(converted)) {
                return type.cast(converted);
            }
        }
        return null;
    }

    /**
     * Calls a converter. The type parameter prevents the compiler from inserting a cast, which would fail if a wrong
     * converter returns another type.
     */
    private static <T> @Nullable Object convert(
            TypeConverter converter, Class<T> type, Exchange exchange, Object value) {
        return converter.convertTo(type, exchange, value);
    }

    /** Returns the declared source classes that match the value, the most specific one first. */
    private static List<Class<?>> sources(Map<Class<?>, TypeConverter> all, Object value) {
        List<Class<?>> sources = all.keySet().stream()
                .filter(source -> source.isInstance(value) && !(value instanceof Future))
                .toList();
        return sources.stream()
                .sorted(Comparator.<Class<?>>comparingLong(source -> -supertypes(source, sources))
                        .thenComparing(Class::getName))
                .toList();
    }

    private static long supertypes(Class<?> source, List<Class<?>> sources) {
        return sources.stream().filter(other -> other.isAssignableFrom(source)).count();
    }
}
