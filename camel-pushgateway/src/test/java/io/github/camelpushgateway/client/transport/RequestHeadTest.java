package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.GatewayRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The head of a request: in ASCII, with one line per header, without user info, and without headers that a handler
 * cannot set.
 */
class RequestHeadTest {

    /** The lines of a head. */
    private record Head(List<String> lines) {

        static Head of(GatewayRequest request, boolean absolute) throws Exception {
            String text =
                    RequestHead.of(request, Origin.of(request.url()), absolute).toString();
            assertThat(text).endsWith("\r\n\r\n");
            List<String> lines = List.of(text.split("\r\n", -1));
            assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("\r", "\n"));
            return new Head(lines.subList(0, lines.size() - 2));
        }

        String target() {
            assertThat(lines.get(0)).matches("[^ ]+ [^ ]+ HTTP/1\\.1");
            return lines.get(0).split(" ", -1)[1];
        }

        List<String> names() {
            return lines.stream()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf(": ")))
                    .toList();
        }

        List<String> values(String name) {
            return lines.stream()
                    .skip(1)
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }
    }

    private static Head head(String url, boolean absolute) throws Exception {
        return Head.of(request(url, "PUT", Map.of()), absolute);
    }

    private static Head head(Map<String, String> headers) throws Exception {
        return Head.of(request("http://gw:9091/x", "PUT", headers), false);
    }

    private static GatewayRequest request(String url, String method, Map<String, String> headers) {
        return GatewayRequest.of(URI.create(url), method, Duration.ofSeconds(1), headers);
    }

    @ParameterizedTest
    @CsvSource({
        "/präfix/metrics, /pr%C3%A4fix/metrics",
        "/日本, /%E6%97%A5%E6%9C%AC",
        "/😀, /%F0%9F%98%80",
        "/ü%2Fa%25b%c3, /%C3%BC%2Fa%25b%c3",
        "/a?ö=ß, /a?%C3%B6=%C3%9F",
        "/ü/a//b/../c;d, /%C3%BC/a//b/../c;d",
        "/a\u0308, /a%CC%88"
    })
    void nonAsciiCharactersArePercentEncodedInUtf8(String original, String sent) throws Exception {
        assertThat(head("http://gw:9091" + original, false).target()).isEqualTo(sent);
        assertThat(head("http://gw:9091" + original, true).target()).isEqualTo("http://gw:9091" + sent);
    }

    @ParameterizedTest
    @CsvSource({"'', /", "/, /", "?q, /?q", "/a%0d%0aX:y, /a%0d%0aX:y", "/a//b/../c, /a//b/../c"})
    void asciiIsUnchanged(String original, String sent) throws Exception {
        assertThat(head("http://gw:9091" + original, false).target()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:s3cret@gw:9091/x, http://gw:9091/x, gw:9091",
        "http://user:s3cret@gw/x, http://gw/x, gw",
        "http://user@gw:80/x, http://gw/x, gw",
        "http://user:s3cret@[fe80::1%25eth0]:9091/x, http://[fe80::1]:9091/x, [fe80::1]:9091"
    })
    void userInfoIsOmitted(String url, String target, String host) throws Exception {
        Head byProxy = head(url, true);
        Head direct = head(url, false);

        assertThat(byProxy.target()).isEqualTo(target);
        assertThat(direct.target()).isEqualTo("/x");
        assertThat(byProxy.values("Host")).containsExactly(host);
        assertThat(direct.values("Host")).containsExactly(host);
        assertThat(byProxy.names()).containsExactly("Host", "Content-Length");
    }

    /** The lower byte of U+010A is a line feed. */
    @ParameterizedTest
    @ValueSource(strings = {"\u010a", "\u0100", "日", "😀", "\r", "\n", "\0", "\u007f", "\u0085", "\u001b"})
    void invalidHeaderValueIsRejectedWithoutBeingRepeated(String character) {
        assertThatThrownBy(() -> head(Map.of("X-Token", "s3" + character + "cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'X-Token'", "handler")
                .hasMessageNotContaining("s3")
                .hasMessageNotContaining("cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a b", "ä", "\u00ff", ""})
    void latin1ValueIsUnchanged(String value) throws Exception {
        assertThat(head(Map.of("X-Token", value)).values("X-Token")).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Token", "X-Tökén", "ho\u017ft", "connect\u0131on", "X:", "X\r\nY", "X\0"})
    void invalidHeaderNameIsRejected(String name) {
        assertThatThrownBy(() -> head(Map.of(name, "s3cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handler")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /x HTTP/1.1\r\nX:", "P\0T", "PÜT"})
    void invalidMethodIsRejected(String method) {
        assertThatThrownBy(() -> Head.of(request("http://gw", method, Map.of()), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "content-length", "Expect", "HOST", "TE", "Transfer-Encoding", "Upgrade"})
    void handlerCannotSetConnectionHeaders(String name) throws Exception {
        Head head = head(Map.of(name, "7", "X-Token", "a"));

        assertThat(head.values("Host")).containsExactly("gw:9091");
        assertThat(head.names()).containsExactlyInAnyOrder("Host", "X-Token", "Content-Length");
        assertThat(head.values("Content-Length")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource({"GET,", "DELETE,", "PUT, 0", "POST, 0"})
    void requestWithoutBodyHasLengthZeroIfItsMethodHasABody(String method, @Nullable String length) throws Exception {
        Head head = Head.of(request("http://gw", method, Map.of()), false);

        assertThat(head.values("Content-Length")).isEqualTo(length == null ? List.of() : List.of(length));
    }

    @Test
    void contentLengthIsThatOfTheBody() throws Exception {
        GatewayRequest request = request("http://gw", "PUT", new TreeMap<>(Map.of("Content-Length", "99")))
                .withBody(new byte[3]);

        assertThat(Head.of(request, false).values("Content-Length")).containsExactly("3");
    }
}
