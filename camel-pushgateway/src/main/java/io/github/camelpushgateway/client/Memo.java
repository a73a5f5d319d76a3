package io.github.camelpushgateway.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes something when it is first asked for, and then keeps it: a request is encoded once, however often it is tried. */
final class Memo<T> implements Supplier<T> {

    private final Supplier<T> maker;

    @Nullable
    private T made;

    Memo(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        T known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }
}
