package io.github.camelpushgateway.test.infra;

import java.io.IOException;

/** Control of a running gateway. */
interface GatewayControl {

    /** Stops the gateway immediately. Has no effect if it has already ended. */
    void stop();

    /** Suspends the gateway. */
    void pause() throws IOException;

    /** Resumes the gateway. */
    void resume() throws IOException;

    /** Ends the process by a signal, and returns when it has ended. The address stays reserved. */
    void signalEnd(EndSignal signal) throws IOException;

    /**
     * Starts the gateway again at the same address with the same files. It may take a moment until the gateway
     * responds.
     */
    void restart() throws IOException;

    /** Signal that ends a process. */
    enum EndSignal {
        TERM,
        KILL;

        /** Validates the exit status. After a graceful shutdown on SIGTERM it is 0. */
        void validateStatus(int status) throws IOException {
            if (this == TERM && status != 0) {
                throw new IOException("the gateway did not shut down gracefully: exit status " + status);
            }
        }
    }
}
