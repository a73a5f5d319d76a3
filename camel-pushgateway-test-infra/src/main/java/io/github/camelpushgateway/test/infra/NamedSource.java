package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/** Takes the gateway that the system property {@value #PROPERTY} names. It runs already, and goes on running. */
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

    /** Somebody else's: it is neither stopped nor paused. */
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
