package io.github.camelpushgateway.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A supplier that computes its value once. A request is encoded once, even if it is retried. */
final class Memo<T> implements Supplier<T> {

    private final Supplier<T> delegate;

    @Nullable
    private T value;

    Memo(Supplier<T> delegate) {
        this.delegate = delegate;
    }

    @Override
    public synchronized T get() {
        T current = value;
        if (current == null) {
            current = delegate.get();
            value = current;
        }
        return current;
    }
}
