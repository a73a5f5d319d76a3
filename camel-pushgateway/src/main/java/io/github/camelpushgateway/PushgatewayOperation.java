package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushOperation;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Operation of an endpoint, on one group or on several groups of a gateway. */
public enum PushgatewayOperation {
    /** Replaces the group. */
    PUSH(PushOperation.PUSH),
    /** Replaces the group's metrics of the same names. */
    PUSHADD(PushOperation.PUSHADD),
    /** Deletes the group. */
    DELETE(PushOperation.DELETE),
    /** Adds the outcome of the run to the group. */
    REPORT(PushOperation.REPORT),
    /** Adds counters, histograms and summaries to those of the group, and replaces other metrics of the same names. */
    ACCUMULATE(PushOperation.ACCUMULATE),
    /** Lists the selected groups. */
    GROUPS(null),
    /** Deletes the selected groups. */
    SWEEP(null),
    /** Deletes all groups. */
    WIPE(null),
    /** Reads the status of the gateway. */
    STATUS(null);

    @Nullable
    private final PushOperation push;

    PushgatewayOperation(@Nullable PushOperation push) {
        this.push = push;
    }

    /** Returns the operation on one group, or null if this operation is not limited to one group. */
    @Nullable
    PushOperation push() {
        return push;
    }

    /** Returns whether the operation sends metrics to a group. */
    boolean isPush() {
        return push != null && this != DELETE;
    }

    /**
     * Returns the operation that a header selects, regardless of case.
     *
     * @throws IllegalArgumentException if the name is unknown, or the operation deletes more than one group: only the
     *     author of a route may select such an operation, not a message
     */
    static PushgatewayOperation ofHeader(String name) {
        PushgatewayOperation found = Arrays.stream(values())
                .filter(operation -> operation.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the operation '" + name
                        + "' is unknown; use push, pushadd, accumulate, delete, report, groups or status"));
        if (found == SWEEP || found == WIPE) {
            throw new IllegalArgumentException("the operation '" + found
                    + "' cannot be selected by a header; set it with the option operation of an endpoint");
        }
        return found;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
