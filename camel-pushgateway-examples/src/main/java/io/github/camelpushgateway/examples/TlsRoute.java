package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Pushes to a gateway that requires TLS, a client certificate and a password. */
public class TlsRoute extends RouteBuilder {

    @Override
    public void configure() {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store("{{gateway.trust-store}}", "{{gateway.trust-store-password}}"));
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store("{{gateway.key-store}}", "{{gateway.key-store-password}}"));
        keys.setKeyPassword("{{gateway.key-store-password}}");
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        tls.setKeyManagers(keys);
        getCamelContext().getRegistry().bind("gatewayTls", tls);

        from("timer:nightly?repeatCount=1")
                .routeId("nightly")
                .to("pushgateway:nightly?url={{gateway.url}}&username={{gateway.username}}"
                        + "&password=RAW({{gateway.password}})&sslContextParameters=#gatewayTls"
                        + "&metricName=job_last_success_unixtime&metricValue=now");
    }

    private static KeyStoreParameters store(String file, String password) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + file);
        store.setType("PKCS12");
        store.setPassword(password);
        return store;
    }
}
