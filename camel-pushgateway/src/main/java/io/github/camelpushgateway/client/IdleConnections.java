package io.github.camelpushgateway.client;

import java.io.IOException;
import java.net.HttpURLConnection;

/**
 * Closes what the JDK keeps open. It has no list of its idle connections, but who connects is given one of them, and can
 * close it instead of using it. There are no more of them than there ever were calls at a time.
 */
final class IdleConnections {

    /** For the case that none is idle any more, and a new one is made. */
    private static final int CONNECT_MILLIS = 500;

    private int running;
    private int most;

    /** Makes a connection to the gateway that is not connected yet. */
    interface Opener {
        HttpURLConnection open() throws IOException;
    }

    synchronized void callBegins() {
        running++;
        most = Math.max(most, running);
    }

    synchronized void callEnds() {
        running--;
    }

    private synchronized int takeMost() {
        int idle = most;
        most = 0;
        return idle;
    }

    void close(Opener opener) {
        try {
            for (int left = takeMost(); left > 0; left--) {
                HttpURLConnection connection = opener.open();
                connection.setConnectTimeout(CONNECT_MILLIS);
                connection.setReadTimeout(CONNECT_MILLIS);
                connection.connect();
                connection.disconnect();
            }
        } catch (IOException e) {
            // the gateway cannot be reached any more: then no connection to it is idle either
        }
    }
}
