package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request does, for messages.
 *
 * @param operation the name of the operation
 * @param groupingKey of the group, or null if the operation is not on one group
 * @param url of the gateway
 */
public record RequestDescription(String operation, @Nullable GroupingKey groupingKey, GatewayUrl url) {

    public static final String HEALTH_CHECK = "health check";
    public static final String WIPE = "wipe";

    public static RequestDescription of(PushRequest request, GatewayUrl url) {
        return new RequestDescription(request.operation().toString(), request.groupingKey(), url);
    }

    /** Returns the group as Prometheus writes labels, or an empty text. */
    String group() {
        return groupingKey == null ? "" : groupingKey.toString();
    }

    /** Returns what follows the operation in a message: the group, if there is one, and the gateway. */
    String subject() {
        String group = group();
        return (group.isEmpty() ? " at " : " of the group " + group + " to ") + url;
    }

    @Override
    public String toString() {
        return operation + subject();
    }
}
