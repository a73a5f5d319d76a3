package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.PemSslContextParameters;
import org.apache.camel.builder.RouteBuilder;

/** Pushes to a gateway that requires a client certificate. The bean is TLS for this component and others, such as http. */
public class PemBeanRoute extends RouteBuilder {

    private static final String FILES = "file:{{gateway.tls:/etc/gateway-tls}}/";

    @Override
    public void configure() {
        PemSslContextParameters tls = new PemSslContextParameters();
        tls.setCaFile(FILES + "ca.crt");
        tls.setCertFile(FILES + "tls.crt");
        tls.setKeyFile(FILES + "tls.key");
        getCamelContext().getRegistry().bind("gatewayTls", tls);

        from("timer:nightly?repeatCount=1")
                .routeId("nightly")
                .to("pushgateway:nightly?url={{gateway.url}}&sslContextParameters=#gatewayTls"
                        + "&metricName=job_last_success_unixtime&metricValue=now");
    }
}
