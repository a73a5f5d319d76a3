package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.console.PushgatewayDevConsole;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Files that tools and runtimes use to find the component are in the expected places. */
class CatalogFilesTest {

    private static String read(String resource) throws IOException {
        try (InputStream in = CatalogFilesTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void metadataIsInThePathsOfCamelAndOfCatalogTools() throws IOException {
        String metadata = read("/META-INF/io/github/camelpushgateway/pushgateway.json");
        JsonNode component = new ObjectMapper().readTree(metadata).get("component");

        assertThat(read("/io/github/camelpushgateway/pushgateway.json")).isEqualTo(metadata);
        assertThat(read("/org/apache/camel/catalog/components/pushgateway.json"))
                .isEqualTo(metadata);
        assertThat(component.get("scheme").asText()).isEqualTo("pushgateway");
        assertThat(component.get("producerOnly").asBoolean()).isFalse();
        assertThat(component.get("consumerOnly").asBoolean()).isFalse();
        assertThat(component.get("javaType").asText()).isEqualTo(PushgatewayComponent.class.getName());
    }

    @Test
    void serviceFilesNameTheComponentAndTheDevConsole() throws IOException {
        Properties component = new Properties();
        try (InputStream in = CatalogFilesTest.class.getResourceAsStream(
                "/META-INF/services/org/apache/camel/component.properties")) {
            component.load(in);
        }
        assertThat(component.getProperty("components")).isEqualTo("pushgateway");
        assertThat(read("/META-INF/services/org/apache/camel/component/pushgateway"))
                .contains("class=" + PushgatewayComponent.class.getName());
        assertThat(read("/META-INF/services/org/apache/camel/dev-console/pushgateway"))
                .contains("class=" + PushgatewayDevConsole.class.getName());
        assertThat(CatalogFilesTest.class.getResource("/META-INF/jandex.idx")).isNotNull();
    }
}
