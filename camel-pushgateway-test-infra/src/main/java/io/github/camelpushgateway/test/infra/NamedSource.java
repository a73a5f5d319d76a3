package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/**
 * Source that uses the external gateway in the system property {@value #PROPERTY}. That gateway is already running
 * and is not stopped.
 */
final class NamedSource implements PushgatewaySource {

    static final String PROPERTY = "pushgateway.url";

    @Override
    public Pushgateway start(PushgatewaySetup setup) throws IOException {
        String url = System.getProperty(PROPERTY);
        if (url == null || url.isBlank()) {
            throw new IOException("the system property " + PROPERTY + " names none");
        }
        if (!setup.isPlain()) {
            throw new IOException("the one that " + PROPERTY + " names cannot be given another setup");
        }
        return new Pushgateway(
                url.strip().replaceAll("/+$", ""), "the system property " + PROPERTY, setup, new Untouched());
    }

    /** Control of an external gateway, which is neither stopped nor paused. */
    private static final class Untouched implements GatewayControl {

        @Override
        public void stop() {}

        @Override
        public void pause() throws IOException {
            throw new IOException("the gateway that " + PROPERTY + " names cannot be paused");
        }

        @Override
        public void resume() throws IOException {
            pause();
        }

        @Override
        public void signalEnd(EndSignal signal) throws IOException {
            throw new IOException("the gateway that " + PROPERTY + " names cannot be ended");
        }

        @Override
        public void restart() throws IOException {
            throw new IOException("the gateway that " + PROPERTY + " names cannot be started again");
        }
    }
}
