package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of a request: ASCII, on its own lines, and without what is secret or not up to a handler. */
class RequestHeadTest {

    private static ClassicHttpRequest head(String url, boolean absolute) throws Exception {
        return RequestHead.of(request(url, "PUT", Map.of()), absolute);
    }

    private static ClassicHttpRequest head(Map<String, String> headers) throws Exception {
        return RequestHead.of(request("http://gw:9091/x", "PUT", headers), false);
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
    void charactersOutsideOfAsciiAreEncodedAsUtf8(String given, String sent) throws Exception {
        assertThat(head("http://gw:9091" + given, false).getPath()).isEqualTo(sent);
        assertThat(head("http://gw:9091" + given, true).getPath()).isEqualTo("http://gw:9091" + sent);
    }

    @ParameterizedTest
    @CsvSource({"'', /", "/, /", "?q, /?q", "/a%0d%0aX:y, /a%0d%0aX:y", "/a//b/../c, /a//b/../c"})
    void asciiIsSentAsItIs(String given, String sent) throws Exception {
        assertThat(head("http://gw:9091" + given, false).getPath()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:s3cret@gw:9091/x, http://gw:9091/x, gw:9091",
        "http://user:s3cret@gw/x, http://gw/x, gw",
        "http://user@gw:80/x, http://gw/x, gw",
        "http://user:s3cret@[fe80::1%25eth0]:9091/x, http://[fe80::1]:9091/x, [fe80::1]:9091"
    })
    void userInfoIsNeitherInTheTargetNorInHost(String url, String target, String host) throws Exception {
        ClassicHttpRequest byProxy = head(url, true);
        ClassicHttpRequest direct = head(url, false);

        assertThat(byProxy.getPath()).isEqualTo(target);
        assertThat(direct.getPath()).isEqualTo("/x");
        assertThat(byProxy.getHeader("Host").getValue()).isEqualTo(host);
        assertThat(direct.getHeader("Host").getValue()).isEqualTo(host);
        assertThat(byProxy.getHeaders()).extracting(Header::getName).containsExactly("Host", "Content-Length");
    }

    /** The lower byte of U+010A is the end of a line. */
    @ParameterizedTest
    @ValueSource(strings = {"\u010a", "\u0100", "日", "😀", "\r", "\n", "\0", "\u007f", "\u0085", "\u001b"})
    void aValueThatCannotStandInAHeaderIsRefusedWithoutBeingRepeated(String character) {
        assertThatThrownBy(() -> head(Map.of("X-Token", "s3" + character + "cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'X-Token'", "handler")
                .hasMessageNotContaining("s3")
                .hasMessageNotContaining("cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a b", "ä", "\u00ff", ""})
    void aValueOfLatin1IsSentAsItIs(String value) throws Exception {
        assertThat(head(Map.of("X-Token", value)).getHeader("X-Token").getValue())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Token", "X-Tökén", "X:", "X\r\nY", "X\0"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatThrownBy(() -> head(Map.of(name, "s3cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handler")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /x HTTP/1.1\r\nX:", "P\0T", "PÜT"})
    void aMethodThatIsNoTokenIsRefused(String method) {
        assertThatThrownBy(() -> RequestHead.of(request("http://gw", method, Map.of()), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("handler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "content-length", "Expect", "HOST", "TE", "Transfer-Encoding", "Upgrade"})
    void aHandlerDoesNotFrameTheRequest(String name) throws Exception {
        ClassicHttpRequest head = head(Map.of(name, "7", "X-Token", "a"));

        assertThat(head.getHeader("Host").getValue()).isEqualTo("gw:9091");
        assertThat(head.getHeaders())
                .extracting(Header::getName)
                .containsExactlyInAnyOrder("Host", "X-Token", "Content-Length");
        assertThat(head.getHeader("Content-Length").getValue()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"GET,", "DELETE,", "PUT, 0", "POST, 0"})
    void aRequestWithoutABodySaysSoIfItsMethodHasOne(String method, @Nullable String length) throws Exception {
        ClassicHttpRequest head = RequestHead.of(request("http://gw", method, Map.of()), false);

        assertThat(head.getEntity()).isNull();
        assertThat(head.getHeaders("Content-Length"))
                .extracting(Header::getValue)
                .isEqualTo(length == null ? List.of() : List.of(length));
    }

    @Test
    void theLengthIsThatOfTheBody() throws Exception {
        GatewayRequest request = request("http://gw", "PUT", new TreeMap<>(Map.of("Content-Length", "99")))
                .withBody(new byte[3]);

        assertThat(RequestHead.of(request, false).getHeaders("Content-Length"))
                .extracting(Header::getValue)
                .containsExactly("3");
    }
}
