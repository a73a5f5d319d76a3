package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.testing.Phase.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A fault in a phase.
 *
 * @param tls whether the phase is reached through TLS
 */
public record FaultCase(Phase phase, Fault fault, boolean tls) {

    /** Returns all cases that make sense. */
    public static Stream<FaultCase> all() {
        return Arrays.stream(Phase.values())
                .flatMap(phase -> Arrays.stream(Fault.values())
                        .flatMap(fault -> Stream.of(false, true).map(tls -> new FaultCase(phase, fault, tls))))
                .filter(FaultCase::makesSense);
    }

    private boolean makesSense() {
        // before the request there is no TLS, or the phase is that of making it
        if (tls && !phase.hasRequest()) {
            return false;
        }
        return switch (fault) {
            case SILENT, RESET, CLOSED -> true;
            // a server that sends nothing can still read slowly
            case TRICKLING -> phase != Phase.ACCEPTED;
            case ENDLESS -> phase.kind != Kind.WAITING;
            // only in TLS is it another end than that of the connection. That it is the end of a body is a decision of
            // the JDK's, which the
            // system property com.sun.net.ssl.requireCloseNotify changes
            case CUT_OFF -> tls && phase != Phase.BODY_TO_END;
            // any byte is content there
            case GARBAGE -> phase.kind != Kind.BODY;
        };
    }

    /**
     * Returns whether the response is complete in spite of the fault. Only a body to the end of the connection has none before
     * it, and only an orderly end is one: see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-8">RFC 9112, 8</a>.
     */
    public boolean isSuccess() {
        return phase == Phase.BODY_TO_END && fault == Fault.CLOSED;
    }

    /**
     * Returns whether a client cannot know before the end of its time that there will be no response. It may ignore an empty line before a
     * head, and need not ignore many: see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-2.2">RFC 9112, 2.2</a>.
     */
    public boolean isHanging() {
        return fault == Fault.SILENT || (fault == Fault.TRICKLING && phase != Phase.BEFORE_HEAD);
    }

    /** Returns whether the gateway has an address of TLS. */
    boolean isHttps() {
        return tls || phase == Phase.TLS_HANDSHAKE || phase.isProxied();
    }

    @Override
    public String toString() {
        return (phase + ", " + fault).toLowerCase(Locale.ROOT).replace('_', ' ') + (tls ? ", in TLS" : "");
    }
}
