package io.github.camelpushgateway.testing;

import org.apache.camel.CamelContext;

/**
 * Base class of tests with one Camel context and one {@link WireServer} per test method. The component sends to this
 * server.
 */
public abstract class WireServerTestSupport extends ContextTestSupport {

    protected WireServer server;

    /** Creates the response of the server to each request. */
    protected WireServer.Response response() {
        return WireServer.status(200, "");
    }

    @Override
    protected void setupResources() throws Exception {
        server = new WireServer(response());
    }

    @Override
    protected void prepare(CamelContext context) throws Exception {
        gatewayOptions(context).setUrl(server.url());
    }

    @Override
    protected void cleanupResources() throws Exception {
        super.cleanupResources();
        server.close();
    }
}
