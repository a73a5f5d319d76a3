package io.github.camelpushgateway.client;

import org.jspecify.annotations.Nullable;

/**
 * What is attempted, as messages tell it.
 *
 * @param groupingKey of the group, or null if the operation is not on one group
 */
record Attempted(String operation, @Nullable GroupingKey groupingKey, GatewayUrl url) {

    static Attempted of(PushRequest request, GatewayUrl url) {
        return new Attempted(request.operation().toString(), request.groupingKey(), url);
    }

    /** Returns the group as Prometheus writes labels, or an empty text. */
    String group() {
        return groupingKey == null ? "" : groupingKey.toString();
    }

    @Override
    public String toString() {
        return describe(operation, group(), url);
    }

    static String describe(String operation, String group, GatewayUrl url) {
        return operation + (group.isEmpty() ? " at " : " of the group " + group + " to ") + url;
    }
}
