package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import org.jspecify.annotations.Nullable;

/**
 * The description of a request for messages.
 *
 * @param operation the name of the operation
 * @param groupingKey the key of the group, or null if the operation is not on one group
 * @param url the URL of the gateway
 * @param proxy a description of the proxy through which the request was sent, or null
 * @param utf8Names whether the request has names that only some gateways allow
 */
public record RequestDescription(
        String operation,
        @Nullable GroupingKey groupingKey,
        GatewayUrl url,
        @Nullable String proxy,
        boolean utf8Names) {

    /** The operation that checks whether a gateway is ready. */
    public static final String HEALTH_CHECK = "health check";
    /** The operation that deletes all groups. */
    public static final String WIPE = "wipe";

    private static final String DELETE = PushOperation.DELETE.toString();

    /** Creates the description of a request without a proxy, and with names that all gateways allow. */
    public RequestDescription(String operation, @Nullable GroupingKey groupingKey, GatewayUrl url) {
        this(operation, groupingKey, url, null, false);
    }

    /** Returns the description of this request through a proxy, or without one. */
    RequestDescription through(@Nullable String usedProxy) {
        return usedProxy == null ? this : new RequestDescription(operation, groupingKey, url, usedProxy, utf8Names);
    }

    /** Returns this description with names that only some gateways allow. */
    public RequestDescription withUtf8Names() {
        return new RequestDescription(operation, groupingKey, url, proxy, true);
    }

    /** Returns the description of a push. */
    public static RequestDescription of(PushRequest request, GatewayUrl url) {
        return new RequestDescription(request.operation().toString(), request.groupingKey(), url);
    }

    /** Returns whether the request deletes groups. */
    boolean isDeletion() {
        return operation.equals(DELETE) || operation.equals(WIPE);
    }

    /** Returns the group in the notation of Prometheus labels, or an empty string. */
    String group() {
        return groupingKey == null ? "" : groupingKey.toString();
    }

    /** Returns the target of the request for a message: the group, if there is one, and the gateway. */
    public String target() {
        String group = group();
        return (group.isEmpty() ? " at " : " of the group " + group + " to ") + url;
    }

    @Override
    public String toString() {
        return operation + target();
    }
}
