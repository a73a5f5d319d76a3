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

    /** Ends its process by a signal, and comes back when that has ended. Its place stays its own. */
    void signalEnd(EndSignal signal) throws IOException;

    /** Starts it again at the same address, with the files that it had. It may take a moment until it answers. */
    void restart() throws IOException;

    /** How a process is asked, or made, to end. */
    enum EndSignal {
        TERM,
        KILL;

        /** A gateway that was asked to end, and did so in order, has the status 0. */
        void checkStatus(int status) throws IOException {
            if (this == TERM && status != 0) {
                throw new IOException("it did not end in order, but with the status " + status);
            }
        }
    }
}
