package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The status line and the headers determine the end of a response, and whether its connection can be reused. */
class ResponseFramingTest {

    /** Parses lines that are separated by bars. */
    private static ResponseHead head(String lines) throws IOException {
        String[] all = lines.split("\\|", -1);
        Header[] headers = new Header[all.length - 1];
        for (int i = 0; i < headers.length; i++) {
            int colon = all[i + 1].indexOf(':');
            headers[i] = new BasicHeader(
                    all[i + 1].substring(0, colon),
                    all[i + 1].substring(colon + 1).strip());
        }
        return new ResponseHead(ResponseHead.StatusLine.of(all[0]), headers);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, 200, true",
        "HTTP/1.1 200, 200, true",
        "'HTTP/1.1 202 ', 202, true",
        "HTTP/1.1 599 Some thing, 599, true",
        "HTTP/1.0 200 OK, 200, true",
        "HTTP/1.2 200 OK, 200, true",
        "HTTP/1.1 100 Continue, 100, false",
        "HTTP/1.1 103 Early Hints, 103, false",
        "HTTP/1.1 199 X, 199, false"
    })
    void parsesStatusLine(String line, int status, boolean isFinal) throws Exception {
        assertThat(head(line).status()).isEqualTo(status);
        assertThat(head(line).isFinal()).isEqualTo(isFinal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 20",
                "HTTP/1.1 2000 OK",
                "HTTP/1.1 200OK",
                "HTTP/1.1  200 OK",
                "HTTP/1.1\t200 OK",
                "HTTP/1.1 2x0 s3cret",
                "HTTP/1.1 -20 OK",
                "HTTP/1.1 099 OK",
                "HTTP/1.1 000 OK",
                " HTTP/1.1 200 OK",
                "http/1.1 200 OK",
                "HTTP/1. 200 OK",
                "HTTP/1.x 200 OK",
                "HTTP/0.9 200 OK",
                "HTTP/2 200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/1.1 101 Switching Protocols",
                "SSH-2.0-OpenSSH_9.6"
            })
    void invalidStatusLineIsRejectedWithoutBeingRepeated(String line) {
        assertThatThrownBy(() -> head(line))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HTTP/1.1")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK|Content-Length: 0, true",
        "HTTP/1.1 200 OK|content-length: 7, true",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked, true",
        "HTTP/1.1 200 OK|Content-Length: 0|Connection: keep-alive, true",
        "HTTP/1.1 200 OK|Content-Length: 0|Connection: upgrade, true",
        "HTTP/1.1 204 No Content, true",
        "HTTP/1.1 304 Not Modified, true",
        "HTTP/1.0 200 OK|Content-Length: 0|Connection: Keep-Alive, true",
        "HTTP/1.0 200 OK|Content-Length: 0, false",
        "HTTP/1.0 200 OK|Transfer-Encoding: chunked|Connection: keep-alive, false",
        "HTTP/1.1 200 OK, false",
        "HTTP/1.1 200 OK|Connection: keep-alive, false",
        "HTTP/1.1 200 OK|Content-Length: 0|Connection: close, false",
        "HTTP/1.1 200 OK|Content-Length: 0|CONNECTION: Close, false",
        "'HTTP/1.1 200 OK|Content-Length: 0|Connection: keep-alive , close', false",
        "HTTP/1.1 200 OK|Content-Length: 0|Connection: keep-alive|Connection: close, false",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 0, false",
        "HTTP/1.1 204 No Content|Content-Length: 5, false",
        "HTTP/1.1 204 No Content|Transfer-Encoding: chunked, false"
    })
    void connectionIsPersistentIfTheEndOfTheResponseIsUnambiguous(String lines, boolean isPersistent) throws Exception {
        assertThat(head(lines).isPersistent()).isEqualTo(isPersistent);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "12, 12",
        "9223372036854775807, 9223372036854775807",
        "'5, 5', 5",
        "5|Content-Length: 5, 5",
        ", -1"
    })
    void parsesContentLength(@Nullable String value, long length) throws Exception {
        String lines = value == null ? "HTTP/1.1 200 OK" : "HTTP/1.1 200 OK|Content-Length: " + value;

        assertThat(head(lines).length()).isEqualTo(length);
        assertThat(head(lines).isChunked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+5", "5x", "0x5", "5 5", "5, 6", "5,", "9223372036854775808", "5|Content-Length: 6"})
    void invalidContentLengthIsAFailure(String length) {
        assertThatThrownBy(
                        () -> head("HTTP/1.1 200 OK|Content-Length: " + length).length())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Content-Length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", " chunked "})
    void parsesChunkedTransferEncoding(String encoding) throws Exception {
        assertThat(head("HTTP/1.1 200 OK|Transfer-Encoding: " + encoding).isChunked())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "gzip", "identity", "gzip, chunked", "chunked, chunked", "chunked|Transfer-Encoding: x"})
    void otherTransferEncodingIsAFailure(String encoding) {
        assertThatThrownBy(() ->
                        head("HTTP/1.1 200 OK|Transfer-Encoding: " + encoding).isChunked())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("transfer encoding");
    }

    @Test
    void valuesOfTheSameHeaderAreJoined() throws Exception {
        assertThat(head("HTTP/1.1 200 OK|Via: a|X: 1|via: b").headers())
                .containsEntry("VIA", "a, b")
                .containsEntry("x", "1")
                .hasSize(2);
    }

    /** Joining them one by one would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"Via", "Content-Length", "Connection", "Retry-After"})
    @Timeout(30)
    void manyValuesOfTheSameHeaderAreJoinedQuickly(String name) throws Exception {
        Header[] headers = new Header[200_000];
        Arrays.fill(headers, new BasicHeader(name, "12345678"));
        ResponseHead head = new ResponseHead(ResponseHead.StatusLine.of("HTTP/1.1 200 OK"), headers);

        assertThat(head.headers().get(name)).hasSize(10 * headers.length - 2);
        assertThat(head.isPersistent()).isEqualTo(name.equals("Content-Length"));
        assertThat(head.length()).isEqualTo(name.equals("Content-Length") ? 12_345_678 : -1);
    }
}
