package io.github.camelpushgateway.client;

import java.io.IOException;

/** Carries one request to a gateway and its answer back, on the thread that calls. */
interface Transport {

    /** Prepares a call; nothing is sent yet. */
    Call open(TransportRequest request) throws IOException;

    /** One request under way. */
    interface Call {

        /** Sends the request and waits for the whole answer, whatever its status. */
        TransportResponse execute() throws IOException;

        /** Makes {@link #execute} end soon, from any thread; without effect once it has ended. */
        void abort();
    }
}
