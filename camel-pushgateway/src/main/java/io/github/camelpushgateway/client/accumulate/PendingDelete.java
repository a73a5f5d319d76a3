package io.github.camelpushgateway.client.accumulate;

import java.util.HashSet;
import java.util.Set;

/**
 * The last delete of a group, which a gateway executes after its response. It has executed it before it responds to a
 * later push with {@code 200}. Not thread-safe.
 *
 * @see <a href="https://github.com/prometheus/pushgateway#delete-method">Pushgateway README, DELETE method</a>
 */
final class PendingDelete {

    private boolean isKnown;
    private long nanos;
    private long number;

    /** The accesses with which a push was executed since. Another access may select another gateway. */
    private final Set<Object> executed = new HashSet<>(2);

    /** Records that a gateway has accepted a delete. */
    void add() {
        isKnown = true;
        nanos = System.nanoTime();
        number++;
        executed.clear();
    }

    /** Returns the number of deletes, which is needed for each push before it starts. */
    long number() {
        return number;
    }

    /**
     * Records that a push was executed.
     *
     * @param before the number of deletes before its start: a later one may be executed after it
     */
    void executed(Object access, long before) {
        if (isKnown && before == number) {
            executed.add(access);
        }
    }

    /** Returns whether a read with an access may show the deleted metrics. */
    boolean mayBePending(Object access) {
        return mayBePending() && !executed.contains(access);
    }

    /** Returns whether a read with any access may show the deleted metrics. */
    boolean mayBePending() {
        isKnown &= System.nanoTime() - nanos < ExecutionTime.MAX_DELAY.toNanos();
        return isKnown;
    }
}
