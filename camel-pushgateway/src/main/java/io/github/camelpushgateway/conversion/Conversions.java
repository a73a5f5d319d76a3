package io.github.camelpushgateway.conversion;

import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/** Has Camel convert something. Camel's own exceptions repeat the whole value: they end here. */
public final class Conversions {

    private Conversions() {}

    /**
     * Returns what the value is as another type; nothing if nobody can convert it.
     *
     * @param what what the value is, for the message, such as {@code the body}
     * @throws IllegalArgumentException if it cannot be converted; it holds nothing of the value
     */
    public static <T> @Nullable T convert(Class<T> type, Exchange exchange, String what, Object value) {
        try {
            return exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
        } catch (RuntimeException e) {
            throw failed(type, what, value, e);
        }
    }

    /** Returns the exception for a conversion that failed, with the cause unless that repeats the value. */
    static IllegalArgumentException failed(Class<?> type, String what, Object value, RuntimeException failure) {
        Throwable cause = failure;
        while (cause instanceof TypeConversionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = what + " is of type " + value.getClass().getName() + ", whose conversion to "
                + type.getSimpleName() + " failed with a "
                + cause.getClass().getName()
                + "; correct the value or its type converter";
        return new IllegalArgumentException(words, repeats(cause, String.valueOf(value)) ? null : cause);
    }

    private static boolean repeats(@Nullable Throwable failure, String value) {
        if (failure == null) {
            return false;
        }
        String message = failure.getMessage();
        if (failure instanceof TypeConversionException
                || (message != null && !value.isEmpty() && message.contains(value))
                || repeats(failure.getCause(), value)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (repeats(suppressed, value)) {
                return true;
            }
        }
        return false;
    }
}
