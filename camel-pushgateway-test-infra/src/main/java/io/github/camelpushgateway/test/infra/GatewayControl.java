package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/** What can be done to a running gateway. */
interface GatewayControl {

    /** Ends it at once; without effect if it has ended. */
    void stop();

    /** Stops it in the middle of whatever it does. */
    void pause() throws IOException;

    /** Lets it go on. */
    void resume() throws IOException;
}
