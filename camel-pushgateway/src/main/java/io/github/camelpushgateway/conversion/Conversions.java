package io.github.camelpushgateway.conversion;

import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/** Type conversion by Camel, without Camel's exceptions, which repeat the whole value. */
public final class Conversions {

    private Conversions() {}

    /**
     * Returns the value as another type, or null if there is no converter for it.
     *
     * @param subject describes the value in an error message, such as {@code the body}
     * @throws IllegalArgumentException if the conversion fails; its message does not contain the value
     */
    public static <T> @Nullable T convert(Class<T> type, Exchange exchange, String subject, Object value) {
        try {
            return exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
        } catch (RuntimeException e) {
            throw failed(type, subject, value, e);
        }
    }

    /** Returns the exception for a failed conversion. The cause is kept unless its message repeats the value. */
    static IllegalArgumentException failed(Class<?> type, String subject, Object value, RuntimeException failure) {
        Throwable cause = failure;
        while (cause instanceof TypeConversionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = subject + " is of type " + value.getClass().getName() + ", whose conversion to "
                + type.getSimpleName() + " failed with a "
                + cause.getClass().getName()
                + "; correct the value or its type converter";
        return new IllegalArgumentException(message, repeats(cause, String.valueOf(value)) ? null : cause);
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
