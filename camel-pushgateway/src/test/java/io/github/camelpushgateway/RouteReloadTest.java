package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is edited and reloaded, as with {@code camel run --dev} and {@code camel.main.routesReloadEnabled}. */
@Timeout(60)
class RouteReloadTest {

    @TempDir
    Path folder;

    private final Main main = new Main();
    private WireServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new WireServer(WireServer.status(200, ""));
    }

    @AfterEach
    void stop() throws IOException {
        main.stop();
        server.close();
    }

    private void start(boolean removeAllRoutes, String yaml) throws Exception {
        Files.writeString(folder.resolve("app.yaml"), yaml);
        main.addInitialProperty("camel.component.pushgateway.url", server.url());
        main.addInitialProperty("camel.main.routesIncludePattern", "file:" + folder + "/app.yaml");
        main.addInitialProperty("camel.main.routesReloadEnabled", "true");
        main.addInitialProperty("camel.main.routesReloadDirectory", folder.toString());
        main.addInitialProperty("camel.main.routesReloadPattern", "other.yaml");
        main.addInitialProperty("camel.main.routesReloadRemoveAllRoutes", String.valueOf(removeAllRoutes));
        main.start();
    }

    private void reload(String yaml) throws Exception {
        Path file = folder.resolve("app.yaml");
        Files.writeString(file, yaml);
        main.getCamelContext()
                .hasService(RouteWatcherReloadStrategy.class)
                .getResourceReload()
                .onReload(
                        "app.yaml",
                        PluginHelper.getResourceLoader(main.getCamelContext()).resolveResource("file:" + file));
    }

    private List<String> requests() {
        return server.requests().stream()
                .map(request -> request.method() + ' ' + request.path())
                .toList();
    }

    private static String publisher(String uri) {
        return """
                - beans:
                    - name: metrics
                      type: io.prometheus.metrics.model.registry.PrometheusRegistry
                    - name: publisher
                      type: io.github.camelpushgateway.PushgatewayPublisher
                      properties:
                        uri: "%s"
                - route:
                    id: orders
                    from:
                      uri: direct:orders
                      steps:
                        - to:
                            uri: log:orders
                """.formatted(uri);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void editedPublisherReplacesTheEarlier(boolean removeAllRoutes) throws Exception {
        start(removeAllRoutes, publisher("pushgateway:old?registry=#metrics&allowEmpty=true"));
        for (int i = 0; i < 3; i++) {
            reload(publisher("pushgateway:new" + i + "?registry=#metrics&allowEmpty=true"));
        }

        main.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/new2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unchangedPublisherPushesOnce(boolean removeAllRoutes) throws Exception {
        start(removeAllRoutes, publisher("pushgateway:same?registry=#metrics&allowEmpty=true"));
        for (int i = 0; i < 3; i++) {
            reload(publisher("pushgateway:same?registry=#metrics&allowEmpty=true"));
        }

        main.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/same");
    }

    private static String factory(String uri, String id) {
        return """
                - beans:
                    - name: report
                      type: io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory
                      properties:
                        routes: nightly-*
                        uri: "%s"
                - route:
                    id: %s
                    from:
                      uri: direct:nightly
                      steps:
                        - to:
                            uri: log:nightly
                """.formatted(uri, id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void editedFactoryReplacesTheEarlier(boolean removeAllRoutes) throws Exception {
        try (LogCapture log = LogCapture.of(PushgatewayRoutePolicyFactory.class, Level.INFO)) {
            start(removeAllRoutes, factory("pushgateway:old", "nightly-a"));
            for (int i = 0; i < 3; i++) {
                reload(factory("pushgateway:new" + i, "nightly-a"));
            }

            main.getCamelTemplate().sendBody("direct:nightly", "");

            assertThat(requests()).containsExactly("POST /metrics/job/new2");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
        }
    }

    /** A factory in a file that is added to a running application. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void addedFactoryReportsTheRoutesOfItsFile(boolean removeAllRoutes) throws Exception {
        try (LogCapture log = LogCapture.of(PushgatewayRoutePolicyFactory.class, Level.INFO)) {
            start(removeAllRoutes, factory("pushgateway:x", "nightly-a").replaceFirst("(?s).*(?=- route)", ""));
            reload(factory("pushgateway:new", "nightly-a"));

            main.getCamelTemplate().sendBody("direct:nightly", "");

            assertThat(requests()).containsExactly("POST /metrics/job/new");
            assertThat(log.lines()).hasSize(1);
        }
    }
}
