package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/** One way to come to a gateway. */
interface PushgatewaySource {

    /**
     * Starts a gateway.
     *
     * @throws IOException with a short reason if there is none to be had this way
     */
    Pushgateway start(PushgatewaySetup setup) throws IOException;
}
