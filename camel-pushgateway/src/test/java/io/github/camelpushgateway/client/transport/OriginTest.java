package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of a connection, and its notation in {@code Host} and in CONNECT. */
class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://gw, false, gw, 80, gw, gw:80",
        "http://gw:80/x, false, gw, 80, gw, gw:80",
        "http://gw:443, false, gw, 443, gw:443, gw:443",
        "http://gw:/x, false, gw, 80, gw, gw:80",
        "https://gw, true, gw, 443, gw, gw:443",
        "https://gw:443?q, true, gw, 443, gw, gw:443",
        "HTTPS://gw:80, true, gw, 80, gw:80, gw:80",
        "http://push_gateway:9091, false, push_gateway, 9091, push_gateway:9091, push_gateway:9091",
        "http://127.0.0.1:9091, false, 127.0.0.1, 9091, 127.0.0.1:9091, 127.0.0.1:9091",
        "http://[::1]:9091, false, ::1, 9091, [::1]:9091, [::1]:9091",
        "https://[2001:db8::1], true, 2001:db8::1, 443, [2001:db8::1], [2001:db8::1]:443",
        "https://b\u00fccher.test/x, true, xn--bcher-kva.test, 443, xn--bcher-kva.test, xn--bcher-kva.test:443",
        "http://\u0448\u043b\u044e\u0437:9091, false, xn--g1ah2bza, 9091, xn--g1ah2bza:9091, xn--g1ah2bza:9091"
    })
    void defaultPortIsThatOfTheScheme(
            URI url, boolean secure, String host, int port, String authority, String hostAndPort) throws Exception {
        Origin origin = Origin.of(url);

        assertThat(origin).isEqualTo(new Origin(secure, host, port, authority));
        assertThat(origin.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(origin.url()).isEqualTo(URI.create((secure ? "https://" : "http://") + authority));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:s3cret@", "user@", "a@b:s3cret@", "@"})
    void userInfoIsOmitted(String userInfo) throws Exception {
        Origin origin = Origin.of(URI.create("http://" + userInfo.replace("a@b", "a%40b") + "gw:9091/x"));

        assertThat(origin).isEqualTo(new Origin(false, "gw", 9091, "gw:9091"));
        assertThat(origin.url()).hasToString("http://gw:9091");
    }

    /**
     * A zone is only valid on this machine: see <a href="https://www.rfc-editor.org/rfc/rfc6874#section-3">RFC 6874,
     * 3</a>.
     */
    @ParameterizedTest
    @CsvSource({
        "http://[fe80::1%25eth0]:9091, [fe80::1]:9091, [fe80::1]:9091",
        "http://[fe80::1%eth0]:9091, [fe80::1]:9091, [fe80::1]:9091",
        "https://[fe80::1%25eth0], [fe80::1], [fe80::1]:443",
        "https://[fe80::1%eth0], [fe80::1], [fe80::1]:443"
    })
    void zoneOfAddressIsUsedOnlyForTheConnection(URI url, String authority, String hostAndPort) throws Exception {
        Origin origin = Origin.of(url);

        assertThat(origin.host()).isEqualTo("fe80::1%eth0");
        assertThat(origin.authority()).isEqualTo(authority);
        assertThat(origin.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(origin.url()).isEqualTo(URI.create(url.getScheme() + "://" + authority));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://gw/s3cret",
                "/s3cret",
                "http:///s3cret",
                "http:s3cret",
                "http://gw:s3cret/x",
                "http://s3cret\u00df"
            })
    void invalidUrlIsRejectedWithoutBeingRepeated(URI url) {
        assertThatThrownBy(() -> Origin.of(url))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("handler")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void originsWithEqualComponentsAreEqual() {
        assertThat(List.of(
                        new Origin(false, "gw", 80, "gw"),
                        new Origin(true, "gw", 80, "gw"),
                        new Origin(false, "other", 80, "gw"),
                        new Origin(false, "gw", 81, "gw"),
                        new Origin(false, "gw", 80, "other")))
                .doesNotHaveDuplicates();
        assertThat(new Origin(false, "gw", 80, "gw"))
                .isEqualTo(new Origin(false, "gw", 80, "gw"))
                .hasSameHashCodeAs(new Origin(false, "gw", 80, "gw"));
    }
}
