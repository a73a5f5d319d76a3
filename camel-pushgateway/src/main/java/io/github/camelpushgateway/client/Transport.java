package io.github.camelpushgateway.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Carries one request to a gateway and its answer back, on the thread that calls. */
interface Transport extends AutoCloseable {

    /**
     * Prepares a call; nothing is sent yet.
     *
     * @param received what reads the body of a success, or null to read its first words as of any other answer
     */
    Call open(GatewayRequest request, @Nullable Received<?> received) throws IOException;

    /** Closes idle connections. */
    @Override
    void close();

    /** One request under way. */
    interface Call {

        /** Sends the request and waits for the whole answer, whatever its status. */
        GatewayResponse execute() throws IOException;

        /**
         * Makes {@link #execute} end soon, from any thread; without effect once it has ended.
         *
         * @return whether an answer has begun, so that nothing is sent any more; if not, it may be until {@link #execute} ends
         */
        boolean abort();

        /** Returns whether the request may have reached the gateway, and no response has begun. */
        boolean isUnanswered();
    }
}
