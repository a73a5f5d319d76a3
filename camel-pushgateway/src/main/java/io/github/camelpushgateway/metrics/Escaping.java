package io.github.camelpushgateway.metrics;

import java.util.Locale;

/**
 * The form in which names outside of the classic set are sent, such as {@code http.server.duration}. See <a
 * href="https://prometheus.io/docs/instrumenting/escaping_schemes/">Prometheus's documentation, "Escaping schemes"</a>.
 */
public enum Escaping {
    /** Such names are rejected. */
    REJECT,
    /** Each character that is not allowed becomes an underscore: {@code http_server_duration}. */
    UNDERSCORES,
    /**
     * A dot becomes {@code _dot_}, and each underscore and each other character that is not allowed becomes two underscores:
     * {@code http_dot_server_dot_duration}.
     */
    DOTS,
    /**
     * The name gets the prefix {@code U__}, and each character that is not allowed becomes its code:
     * {@code U__http_2e_server_2e_duration}.
     */
    VALUES,
    /** Names are sent unchanged. The gateway must allow UTF-8 names. */
    UTF8;

    /** Returns the value of the option. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
