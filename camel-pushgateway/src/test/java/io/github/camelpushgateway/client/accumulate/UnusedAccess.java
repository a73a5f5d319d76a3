package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestListener;

/** An access with which nothing is sent. */
final class UnusedAccess implements GroupAccess {

    @Override
    public GatewayUrl url() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object access() {
        return "";
    }

    @Override
    public Object client() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Read read(GroupingKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RequestExecution write(PushRequest request, RequestListener listener, boolean onCallersThread) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RequestDescription describe(PushRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PushgatewayException closed(PushRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasCustomHandler() {
        throw new UnsupportedOperationException();
    }
}
