package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The requests with which a client reads and writes a group. */
public interface GroupAccess {

    /**
     * A read in flight.
     *
     * @param execution the execution of the request
     * @param groups completes with the group, or fails as a push does
     */
    record Read(RequestExecution execution, CompletableFuture<List<GatewayGroup>> groups) {}

    /** Returns the URL of the gateway. */
    GatewayUrl url();

    /**
     * Returns what the client sends with each request besides the URL, such as headers and certificates. It may select
     * another gateway behind the same URL.
     */
    Object access();

    /** Returns the object that identifies the client. */
    Object client();

    /** Starts to read a group. The list has one group, or none if the gateway has no such group. */
    Read read(GroupingKey key);

    /**
     * Starts to write metrics, which replace those of the group.
     *
     * @param request a request that adds nothing
     * @param onCallersThread whether the first attempt may run on the calling thread
     */
    RequestExecution write(PushRequest request, RequestListener listener, boolean onCallersThread);

    /** Returns the description of a request, for messages. */
    RequestDescription describe(PushRequest request);

    /** Returns the failure of a request that was not sent, because the client was closed. */
    PushgatewayException closed(PushRequest request);

    /** Returns whether a custom handler may have sent a request that the client has not sent. */
    boolean hasCustomHandler();
}
