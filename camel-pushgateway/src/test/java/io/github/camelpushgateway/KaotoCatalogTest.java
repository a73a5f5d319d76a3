package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jq filter of the manual adds to the metadata the JSON schema from which Kaoto builds its forms. */
class KaotoCatalogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode metadata;

    private static JsonNode entry;

    @BeforeAll
    static void runTheFilter() throws IOException {
        try (InputStream json =
                KaotoCatalogTest.class.getResourceAsStream("/META-INF/io/github/camelpushgateway/pushgateway.json")) {
            metadata = JSON.readTree(json);
        }
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        List<JsonNode> output = new ArrayList<>();
        JsonQuery.compile(Files.readString(Path.of("src/test/resources/kaoto/kaoto.jq")), Versions.JQ_1_6)
                .apply(scope, metadata, output::add);

        assertThat(output).hasSize(1);
        entry = output.get(0);
    }

    @Test
    void metadataIsUnchanged() {
        JsonNode withoutSchema = entry.<ObjectNode>deepCopy().without("propertiesSchema");

        assertThat(withoutSchema).isEqualTo(metadata);
    }

    @Test
    void schemaHasAllOptionsAndRequiresTheJob() {
        JsonNode schema = entry.get("propertiesSchema");

        assertThat(schema.get("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        () -> metadata.get("properties").fieldNames());
        assertThat(schema.get("required")).isEqualTo(JSON.createArrayNode().add("job"));
    }

    /** Kaoto describes the options of other components with the same types and formats. */
    @ParameterizedTest
    @CsvSource({
        "job, string,,",
        "maxRetries, integer,, 2",
        "dryRun, boolean,, false",
        "operation, string,, pushadd",
        "retryDelay, string, duration, 500ms",
        "password, string, password,",
        "groupingKey, object,,",
        "httpHeader, object, password,",
        "handler, string, bean:io.github.camelpushgateway.api.PushgatewayHandler,"
    })
    void optionHasTheTypeOfKaoto(String option, String type, String format, String defaultValue) {
        JsonNode property = entry.at("/propertiesSchema/properties/" + option);

        assertThat(property.path("type").asText(null)).isEqualTo(type);
        assertThat(property.path("format").asText(null)).isEqualTo(format);
        assertThat(property.path("default").asText(null)).isEqualTo(defaultValue);
    }

    @Test
    void optionHasItsTexts() {
        JsonNode property = entry.at("/propertiesSchema/properties/operation");
        JsonNode option = metadata.at("/properties/operation");

        assertThat(property.get("title")).isEqualTo(option.get("displayName"));
        assertThat(property.get("description")).isEqualTo(option.get("description"));
        assertThat(property.get("enum")).isEqualTo(option.get("enum"));
        assertThat(property.get("$comment").asText()).isEqualTo("group:producer");
    }
}
