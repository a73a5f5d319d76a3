package io.github.camelpushgateway.benchmarks.sidebyside;

import io.prometheus.metrics.exporter.pushgateway.Format;
import java.net.URI;

/** Compared clients. Only the JVM of a contestant loads the class of the contestant and its jars. */
enum Client {
    COMPONENT("camel-pushgateway") {
        @Override
        Contestant start(URI gateway) {
            return new ComponentContestant(gateway, "");
        }
    },
    COMPONENT_PROTOBUF("camel-pushgateway, format=protobuf") {
        @Override
        Contestant start(URI gateway) {
            return new ComponentContestant(gateway, "&format=protobuf");
        }
    },
    COMPONENT_WITHOUT_GATEWAY("camel-pushgateway, 1 ms instead of a gateway") {
        @Override
        Contestant start(URI gateway) {
            return ComponentContestant.withoutGateway(gateway);
        }
    },
    CLIENT_JAVA("client_java PushGateway") {
        @Override
        Contestant start(URI gateway) {
            return new ClientJavaContestant(gateway, Format.PROMETHEUS_PROTOBUF, false);
        }
    },
    CLIENT_JAVA_TEXT("client_java PushGateway, text") {
        @Override
        Contestant start(URI gateway) {
            return new ClientJavaContestant(gateway, Format.PROMETHEUS_TEXT, false);
        }
    },
    CLIENT_JAVA_READY("client_java PushGateway, text, with a ready registry") {
        @Override
        Contestant start(URI gateway) {
            return new ClientJavaContestant(gateway, Format.PROMETHEUS_TEXT, true);
        }
    },
    CAMEL("Camel without a push") {
        @Override
        Contestant start(URI gateway) {
            throw new UnsupportedOperationException("Camel alone is the JVM of the component that does not push");
        }
    },
    CAMEL_HTTP("camel-http, text by hand") {
        @Override
        Contestant start(URI gateway) {
            return new CamelHttpContestant(gateway);
        }
    },
    JDK("JDK HttpClient, text by hand") {
        @Override
        Contestant start(URI gateway) {
            return new JdkContestant(gateway);
        }
    },
    SOCKET("socket, text by hand") {
        @Override
        Contestant start(URI gateway) {
            return new SocketContestant(gateway);
        }
    };

    private final String title;

    Client(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract Contestant start(URI gateway);
}
