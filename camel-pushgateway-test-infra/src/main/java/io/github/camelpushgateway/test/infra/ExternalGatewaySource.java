package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/**
 * Source that uses the external gateway in the system property {@value #PROPERTY}. That gateway is already running
 * and is not stopped.
 */
final class ExternalGatewaySource implements PushgatewaySource {

    static final String PROPERTY = "pushgateway.url";

    @Override
    public Pushgateway start(PushgatewaySetup setup) throws IOException {
        String url = System.getProperty(PROPERTY);
        if (url == null || url.isBlank()) {
            throw new IOException("the system property " + PROPERTY + " is not set");
        }
        if (!setup.isPlain()) {
            throw new IOException("the external gateway in " + PROPERTY + " cannot be configured");
        }
        return new Pushgateway(
                url.strip().replaceAll("/+$", ""),
                "the system property " + PROPERTY,
                setup,
                new ExternalGatewayControl());
    }

    /** Control of an external gateway, which is neither stopped nor paused. */
    private static final class ExternalGatewayControl implements GatewayControl {

        @Override
        public void stop() {}

        @Override
        public void pause() throws IOException {
            throw new IOException("the external gateway in " + PROPERTY + " cannot be paused");
        }

        @Override
        public void resume() throws IOException {
            pause();
        }

        @Override
        public void signalEnd(EndSignal signal) throws IOException {
            throw new IOException("the external gateway in " + PROPERTY + " cannot be stopped");
        }

        @Override
        public void restart() throws IOException {
            throw new IOException("the external gateway in " + PROPERTY + " cannot be restarted");
        }
    }
}
