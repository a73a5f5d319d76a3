package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushOperation;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an endpoint can do: something to one group, or something with all that a gateway holds. */
public enum PushgatewayOperation {
    /** Replaces the group. */
    PUSH(PushOperation.PUSH),
    /** Replaces the group's metrics of the same names. */
    PUSHADD(PushOperation.PUSHADD),
    /** Deletes the group. */
    DELETE(PushOperation.DELETE),
    /** Adds to the group how the run that the exchange is went. */
    REPORT(PushOperation.REPORT),
    /** Lists the groups that are selected. */
    GROUPS(null),
    /** Deletes the groups that are selected. */
    SWEEP(null),
    /** Deletes all groups there are. */
    WIPE(null),
    /** Tells of the gateway itself. */
    STATUS(null);

    @Nullable
    private final PushOperation push;

    PushgatewayOperation(@Nullable PushOperation push) {
        this.push = push;
    }

    /** Returns what it is for one group, or null if it is not for one. */
    @Nullable
    PushOperation push() {
        return push;
    }

    /** Tells whether it sends metrics to a group. */
    boolean isPush() {
        return push != null && this != DELETE;
    }

    /**
     * Returns the operation that a header asks for, in any case.
     *
     * @throws IllegalArgumentException if there is none of that name, or it deletes more than one group: that is for the author
     *     of a route to decide, not for a message
     */
    static PushgatewayOperation ofHeader(String name) {
        PushgatewayOperation found = Arrays.stream(values())
                .filter(operation -> operation.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the operation '" + name
                        + "' is not known; use push, pushadd, delete, report, groups or status"));
        if (found == SWEEP || found == WIPE) {
            throw new IllegalArgumentException("the operation '" + found
                    + "' cannot be chosen by a header; choose it by the option operation of an endpoint");
        }
        return found;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
