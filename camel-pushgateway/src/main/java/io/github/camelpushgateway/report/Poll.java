package io.github.camelpushgateway.report;

import java.util.HashSet;
import java.util.Set;

/** One poll of a batch consumer. It tracks which exchanges have begun and ended. */
final class Poll {

    private final long number;
    private final Set<Integer> open = new HashSet<>();
    private int lastIndex = -1;
    private int begun;
    private boolean complete;

    /** @param number the number of polls of the consumer */
    Poll(long number) {
        this.number = number;
    }

    /** Adds the next exchange. Returns false if the exchange belongs to another poll. */
    synchronized boolean begin(long pollNumber, int index, boolean last) {
        if (complete || pollNumber != number || index <= lastIndex) {
            return false;
        }
        lastIndex = index;
        complete = last;
        begun++;
        open.add(index);
        return true;
    }

    synchronized void end(int index) {
        open.remove(index);
    }

    /** Returns whether no further exchange can arrive: all have begun, and each has arrived or ended. */
    synchronized boolean isOver(Set<Integer> arrived) {
        return complete && arrived.containsAll(open);
    }

    /** Returns the number of exchanges that have begun. No exchange begins for a file that another process has locked. */
    synchronized int begun() {
        return begun;
    }
}
