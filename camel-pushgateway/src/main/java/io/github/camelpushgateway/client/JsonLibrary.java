package io.github.camelpushgateway.client;

import com.fasterxml.jackson.core.JsonFactory;

/** The library that reads what a gateway tells of itself; pushing needs none. */
public final class JsonLibrary {

    private JsonLibrary() {}

    /**
     * Fails if the library is not there.
     *
     * @param operation what needs it, for the message
     * @throws IllegalArgumentException if it is not there
     */
    public static void checkAvailable(String operation) {
        try {
            new JsonFactory();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    operation + " reads what a gateway holds, which needs the library"
                            + " com.fasterxml.jackson.core:jackson-core; add it",
                    e);
        }
    }
}
