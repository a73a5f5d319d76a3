package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** The status line and the headers of a response, which determine its body and the use of its connection. */
final class ResponseHead {

    private static final String PROTOCOL = "HTTP/1.";
    private static final int STATUS_START = "HTTP/1.1 ".length();
    private static final int STATUS_END = STATUS_START + 3;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int MIN_FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final StatusLine statusLine;
    private final Header[] headers;

    ResponseHead(StatusLine statusLine, Header[] headers) {
        this.statusLine = statusLine;
        this.headers = headers;
    }

    /** The first line of a response: see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, 4</a>. */
    record StatusLine(int status, boolean isHttp10) {

        /**
         * Parses a status line.
         *
         * @throws IOException if it is not a status line of HTTP/1.x, or switches to another protocol
         */
        static StatusLine of(String line) throws IOException {
            int status = ResponseHead.status(line);
            if (status < 0 || status == SWITCHING_PROTOCOLS) {
                throw new IOException("the response uses a protocol other than HTTP/1.1");
            }
            return new StatusLine(status, line.startsWith("HTTP/1.0"));
        }
    }

    /** Returns the status, or -1 if the line is not a status line. */
    private static int status(String line) {
        boolean isComplete = line.length() >= STATUS_END
                && line.startsWith(PROTOCOL)
                && isDigit(line.charAt(PROTOCOL.length()))
                && line.charAt(STATUS_START - 1) == ' '
                // a server may omit the reason and the space before it
                && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
        int status = 0;
        for (int i = STATUS_START; isComplete && i < STATUS_END; i++) {
            isComplete = isDigit(line.charAt(i)) && (i > STATUS_START || line.charAt(i) != '0');
            status = status * 10 + line.charAt(i) - '0';
        }
        return isComplete ? status : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    int status() {
        return statusLine.status();
    }

    /**
     * Returns whether this is not an interim response: see <a
     * href="https://www.rfc-editor.org/rfc/rfc9110#section-15.2">RFC 9110, 15.2</a>.
     */
    boolean isFinal() {
        return status() >= MIN_FINAL;
    }

    /** Returns the headers. The values of headers with the same name are joined: see RFC 9110, 5.2. */
    SortedMap<String, String> headers() {
        SortedMap<String, StringBuilder> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : headers) {
            StringBuilder values = joined.get(header.getName());
            if (values == null) {
                joined.put(header.getName(), new StringBuilder(String.valueOf(header.getValue())));
            } else {
                values.append(", ").append(header.getValue());
            }
        }
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        joined.forEach((name, value) -> values.put(name, value.toString()));
        return values;
    }

    /** Returns whether a body may follow, whatever the headers are: see RFC 9112, 6.3. */
    boolean mayHaveBody() {
        return status() != NO_CONTENT && status() != NOT_MODIFIED;
    }

    /**
     * Returns whether the body consists of chunks.
     *
     * @throws IOException if the body has another transfer encoding
     */
    boolean isChunked() throws IOException {
        String encoding = value("Transfer-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
            throw new IOException("the response has a transfer encoding other than chunked");
        }
        return encoding != null;
    }

    /**
     * Returns the length of a body that is not chunked, or -1 if the body ends with the connection.
     *
     * @throws IOException if the length is not a number, or not a single one
     */
    long length() throws IOException {
        String length = value("Content-Length");
        if (length == null) {
            return -1;
        }
        try {
            String single = single(length);
            if (!single.isEmpty() && isDigit(single.charAt(0))) {
                return Long.parseLong(single);
            }
        } catch (NumberFormatException e) {
            // the exception below does not contain text of the gateway
        }
        throw new IOException("the response has an invalid Content-Length");
    }

    /**
     * Returns the value if all values of a list are equal, or an empty string. Repeated headers may have this form: see
     * RFC 9112, 6.3.
     */
    private static String single(String list) {
        if (list.indexOf(',') < 0) {
            return list.strip();
        }
        String[] values = list.split(",", -1);
        String first = values[0].strip();
        for (String value : values) {
            if (!value.strip().equals(first)) {
                return "";
            }
        }
        return first;
    }

    /**
     * Returns whether another request may be sent after the body: see <a
     * href="https://www.rfc-editor.org/rfc/rfc9112#section-9.3">RFC 9112, 9.3</a>. Returns false if the end of the body
     * is ambiguous (6.1 and 6.3), or is the end of the connection.
     */
    boolean isPersistent() {
        boolean hasEncoding = value("Transfer-Encoding") != null;
        String length = value("Content-Length");
        boolean isFramed = mayHaveBody()
                ? hasEncoding == (length == null)
                : !hasEncoding && (length == null || length.equals("0"));
        return isFramed && (statusLine.isHttp10() ? hasOption("keep-alive") && !hasEncoding : !hasOption("close"));
    }

    private boolean hasOption(String option) {
        String options = value("Connection");
        if (options != null) {
            for (String each : options.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String value(String name) {
        String first = null;
        StringBuilder all = null;
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase(name)) {
                if (first == null) {
                    // nearly always the only value
                    first = String.valueOf(header.getValue());
                } else {
                    all = all == null ? new StringBuilder(first) : all;
                    all.append(", ").append(header.getValue());
                }
            }
        }
        return all == null ? first : all.toString();
    }
}
