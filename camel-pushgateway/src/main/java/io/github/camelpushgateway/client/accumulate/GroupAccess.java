package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The requests with which a group is read and written. */
public interface GroupAccess {

    /**
     * A read in flight.
     *
     * @param execution the execution of the request
     * @param groups completes with the groups, or fails as a push does
     */
    record Read(RequestExecution execution, CompletableFuture<List<GatewayGroup>> groups) {}

    /** Returns the URL of the gateway. */
    GatewayUrl url();

    /** Starts to read the selected groups. */
    Read read(Predicate<GatewayGroup> selection);

    /**
     * Starts to write metrics, which replace those of the group.
     *
     * @param request a request that adds nothing
     * @param onCallersThread whether the first attempt may run on the calling thread
     */
    RequestExecution write(PushRequest request, RequestListener listener, boolean onCallersThread);

    /** Returns the description of a request, for messages. */
    RequestDescription describe(PushRequest request);

    /** Returns whether a custom handler may have sent a request that the client has not sent. */
    boolean hasCustomHandler();
}
