package io.github.camelpushgateway.publisher;

import java.util.Locale;

/** The action of a publisher when the Camel context stops. */
public enum StopAction {
    /** Sends the final metrics. */
    PUSH,
    /** Deletes the group. */
    DELETE,
    /** Sends nothing. */
    NONE;

    /**
     * Returns the action with the given name, in any case.
     *
     * @throws IllegalArgumentException if there is no such action
     */
    public static StopAction parse(String name) {
        for (StopAction each : values()) {
            if (each.toString().equalsIgnoreCase(name.strip())) {
                return each;
            }
        }
        throw new IllegalArgumentException("onStop is '" + name + "'; write push, delete or none");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
