package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/** Source of a gateway. */
interface PushgatewaySource {

    /**
     * Starts a gateway.
     *
     * @throws IOException if this source is not available; the message is a short reason
     */
    Pushgateway start(PushgatewaySetup setup) throws IOException;
}
