package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayUrlTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:9091,              http://localhost:9091,        localhost,    9091",
        "gateway,                     http://gateway,               gateway,      80",
        "http://gateway:9091/,        http://gateway:9091,          gateway,      9091",
        "http://gateway:9091///,      http://gateway:9091,          gateway,      9091",
        "HTTPS://gateway,             https://gateway,              gateway,      443",
        "https://proxy/prom/gw/,      https://proxy/prom/gw,        proxy,        443",
        "http://push_gateway:9091,    http://push_gateway:9091,     push_gateway, 9091",
        "http://[::1]:9091,           http://[::1]:9091,            ::1,          9091",
        "' 127.0.0.1:9091 ',          http://127.0.0.1:9091,        127.0.0.1,    9091",
        "http://proxy/~a/b%20c/d@e,   http://proxy/~a/b%20c/d@e,    proxy,        80"
    })
    void normalizesUrls(String text, String url, String host, int port) {
        GatewayUrl parsed = GatewayUrl.parse(text);

        assertThat(parsed).hasToString(url);
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed).isEqualTo(GatewayUrl.parse(url)).hasSameHashCodeAs(GatewayUrl.parse(url));
    }

    /** DNS, HTTP and TLS support only ASCII names. */
    @ParameterizedTest
    @CsvSource({
        "http://b\u00fccher.test:9091/\u00fc, http://xn--bcher-kva.test:9091/\u00fc, xn--bcher-kva.test",
        "http://bu\u0308cher.test:9091,     http://xn--bcher-kva.test:9091, xn--bcher-kva.test",
        "HTTPS://B\u00dcCHER.Test,          https://xn--bcher-kva.Test,     xn--bcher-kva.Test",
        "\u0448\u043b\u044e\u0437.test,       http://xn--g1ah2bza.test,        xn--g1ah2bza.test",
        "push_gateway.\u00fc.test:9091,     http://push_gateway.xn--tda.test:9091, push_gateway.xn--tda.test"
    })
    void nonAsciiHostIsConvertedToAscii(String text, String url, String host) {
        GatewayUrl parsed = GatewayUrl.parse(text);

        assertThat(parsed).hasToString(url).isEqualTo(GatewayUrl.parse(url));
        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.identity()).isEqualTo(GatewayUrl.parse(url).identity());
    }

    /** These names would lead to another host than in a browser, such as strasse.test, or are invalid. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://stra\u00dfe.test",
                "http://\u03c2.test:9091",
                "http://a\u200db.test",
                "http://\uff11\uff12\uff17.0.0.1",
                "http://a\uff0fb.test",
                "http://a\u2100b.test",
                "http://\uff41.test",
                "http://a\u3002test",
                "http://a\u1fefb.test",
                "http://a\u037eb.test",
                "http://\ud83d\ude00.test",
                "http://\u00fc..test",
                "http://xn--\u00fc.test",
                "http://\u05d0a.test",
                "http://\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fc\u00fcaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test"
            })
    void rejectsHostWithoutAsciiForm(String text) {
        assertThatThrownBy(() -> GatewayUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("ASCII", "xn--")
                .hasMessageNotContaining("test");
    }

    @Test
    void keepsPathPrefixUnchanged() {
        assertThat(GatewayUrl.parse("http://proxy/a/./b").resolve("/metrics/job/x"))
                .hasToString("http://proxy/a/./b/metrics/job/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "http://",
                "http:///prefix",
                "ftp://gateway",
                "file:///etc/passwd",
                "http://gateway:0",
                "http://gateway:99999",
                "http://gateway:90x",
                "http://gateway:9091?a=b",
                "http://gateway/#a",
                "http://a b",
                "http://a:9091,http://b:9091",
                "mailto:x",
                "//h:1/x://"
            })
    void rejectsInvalidUrls(String text) {
        assertThatThrownBy(() -> GatewayUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ops:s3cret@gateway:9091",
                "ops:s3cret@gateway:9091",
                "https://s3cret@gateway",
                "http://ops:s3cr%et s3cret@gateway",
                "http://ops:s3/cret@gateway",
                "http://ops:s3?s3cret@gateway",
                "http://ops:s3cret%40gateway:9091",
                "http://ops%3As3cret%40gateway:9091",
                "ops%3As3cret%40gateway",
                "http%3A%2F%2Fops%3As3cret%40gateway",
                "http://ops:s3cret"
            })
    void rejectsUserInfoWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> GatewayUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3")
                .hasNoCause();
    }

    @Test
    void messageForUserInfoNamesTheOptionUsername() {
        assertThatThrownBy(() -> GatewayUrl.parse("http://ops:s3cret@gateway:9091"))
                .hasMessageContaining("username");
    }

    @Test
    void messageForQueryDoesNotContainIt() {
        assertThatThrownBy(() -> GatewayUrl.parse("http://gateway?token=s3cret"))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void parsesSeveralUrls() {
        assertThat(GatewayUrl.parseAll("http://a:9091/x/, b:9091,\n https://a:9091"))
                .extracting(GatewayUrl::toString)
                .containsExactly("http://a:9091/x", "http://b:9091", "https://a:9091");
        assertThat(GatewayUrl.parseAll("http://a/x%2Cy")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a:9091,                     | empty entry",
                "http://a:9091, ,b                  | empty entry",
                ",                                  | empty entry",
                "http://a:9091,a:9091               | lists the gateway http://a:9091 twice; list each once",
                "http://a,b,http://A:80/            | lists the gateway http://a twice, once as http://A:80;",
                "http://a:9091,ftp://b              | scheme 'ftp'",
                "http://ops:12,s3cret@b             | username",
                "http://ops:s3,cret@b               | username"
            })
    void rejectsInvalidListsOfUrls(String text, String message) {
        assertThatThrownBy(() -> GatewayUrl.parseAll(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3");
    }

    /** A URL copied from a curl command: it ends with the path of a request, possibly below a path prefix. */
    @ParameterizedTest
    @CsvSource({
        "http://host:9091/metrics,                              http://host:9091",
        "http://host:9091/metrics/,                             http://host:9091",
        "host:9091/metrics,                                     http://host:9091",
        "HTTPS://host/metrics,                                  https://host",
        "http://host:9091/metrics/job,                          http://host:9091",
        "http://host:9091/metrics/job/,                         http://host:9091",
        "http://host:9091/metrics/job/x,                        http://host:9091",
        "http://host:9091/metrics/job/x/instance,               http://host:9091",
        "http://host:9091/metrics/job/x/instance/y,             http://host:9091",
        "http://host:9091//metrics//job/x,                      http://host:9091",
        "http://host:9091/metrics/job@base64/eA==,              http://host:9091",
        "http://host:9091/metrics@base64/job/x,                 http://host:9091",
        "http://host:9091/metrics/job/metrics,                  http://host:9091",
        "https://proxy/prefix/metrics,                          https://proxy/prefix",
        "https://proxy/prefix/metrics/job/x,                    https://proxy/prefix",
        "https://proxy/a/b/metrics/job/x/metrics/job/y,         https://proxy/a/b",
        "http://[::1]:9091/metrics/job/x,                       http://[::1]:9091",
        "http://push_gateway:9091/metrics,                      http://push_gateway:9091",
        "http://host:9091/api/v1/metrics,                       http://host:9091",
        "http://host:9091/prefix/api/v1/metrics/,               http://host:9091/prefix",
        "http://host:9091/api/v1/status,                        http://host:9091",
        "http://host:9091/-/ready,                              http://host:9091",
        "http://host:9091/prefix/-/healthy,                     http://host:9091/prefix"
    })
    void rejectsRequestUrlAndSuggestsGatewayUrl(String text, String url) {
        assertThatThrownBy(() -> GatewayUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which is the path of a request")
                .hasMessageEndingWith("so write " + url);
        assertThatThrownBy(() -> GatewayUrl.parseAll("http://other:9091," + text))
                .hasMessageEndingWith("so write " + url);
        assertThat(GatewayUrl.parse(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host:8428/api/v1/import/prometheus",
                "http://proxy/metrics-gw",
                "http://proxy/team/metrics-push",
                "http://proxy/metrics/gateway",
                "http://proxy/metrics/jobs",
                "http://proxy/my-metrics",
                "http://proxy/Metrics",
                "http://proxy/job/x",
                "http://proxy/api/v1",
                "http://metrics:9091",
                "http://metrics/job"
            })
    void keepsPrefixThatIsNotARequestPath(String url) {
        assertThat(GatewayUrl.parse(url)).hasToString(url);
    }

    @Test
    void rejectsRequestUrlWithoutRepeatingUserInfo() {
        assertThatThrownBy(() -> GatewayUrl.parse("http://ops:s3cret@host:9091/metrics/job/x"))
                .hasMessageContaining("username")
                .hasMessageNotContaining("s3cret");
    }
}
