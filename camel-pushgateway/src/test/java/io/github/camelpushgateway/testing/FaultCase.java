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

    /** Returns all possible cases. */
    public static Stream<FaultCase> all() {
        return Arrays.stream(Phase.values())
                .flatMap(phase -> Arrays.stream(Fault.values())
                        .flatMap(fault -> Stream.of(false, true).map(tls -> new FaultCase(phase, fault, tls))))
                .filter(FaultCase::isPossible);
    }

    private boolean isPossible() {
        // before the request, there is no TLS yet, or the phase is its handshake
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
     * Returns whether the response is complete despite the fault: its body ends with the connection, and the connection
     * ends in an orderly way. See <a href="https://www.rfc-editor.org/rfc/rfc9112#section-8">RFC 9112, 8</a>.
     */
    public boolean isSuccess() {
        return phase == Phase.BODY_TO_END && fault == Fault.CLOSED;
    }

    /**
     * Returns whether a client can detect the missing response only by its timeout. It may ignore an empty line before
     * a head, but need not ignore many. See <a href="https://www.rfc-editor.org/rfc/rfc9112#section-2.2">RFC 9112,
     * 2.2</a>.
     */
    public boolean isHanging() {
        return fault == Fault.SILENT || (fault == Fault.TRICKLING && phase != Phase.BEFORE_HEAD);
    }

    /** Returns whether the gateway has an https URL. */
    boolean isHttps() {
        return tls || phase == Phase.TLS_HANDSHAKE || phase.isProxied();
    }

    @Override
    public String toString() {
        return (phase + ", " + fault).toLowerCase(Locale.ROOT).replace('_', ' ') + (tls ? ", in TLS" : "");
    }
}
