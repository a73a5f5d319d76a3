package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The structure of the Grafana dashboard. {@link MonitoringIT} tests its queries. */
class DashboardTest {

    private static final int COLUMNS = 24;

    @Test
    void dashboardDefinesItsVariablesAndNoFixedDataSource() throws Exception {
        JsonNode dashboard = MonitoringFiles.dashboard();

        assertThat(dashboard.path("templating").path("list"))
                .extracting(variable -> variable.path("name").asText())
                .containsExactly("datasource", "job");
        assertThat(dashboard.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
        assertThat(dashboard.path("id").isMissingNode()).isTrue();
    }

    @Test
    void everyPanelHasAUniqueIdATitleADescriptionAndAQuery() throws Exception {
        Set<Integer> ids = new HashSet<>();

        assertThat(MonitoringFiles.dashboard().path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
    }

    @Test
    void panelsShowTheStateAndTheHistoryOfTheJobs() throws Exception {
        assertThat(MonitoringFiles.dashboard().path("panels"))
                .extracting(panel -> panel.path("title").asText())
                .contains("Running jobs", "Late jobs", "Jobs that failed")
                .contains("Runs in progress", "Runs", "Failed runs", "Duration of the last run");
    }

    /** Grafana shows a query without a name, or a format for a column that does not exist, without an error. */
    @Test
    void everyQueryOfTheTableHasANamedColumnWithAFormat() throws Exception {
        JsonNode table = StreamSupport.stream(
                        MonitoringFiles.dashboard().path("panels").spliterator(), false)
                .filter(panel -> panel.path("type").asText().equals("table"))
                .findFirst()
                .orElseThrow();
        JsonNode names = table.path("transformations").findValue("renameByName");

        assertThat(names.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(table.path("targets").findValuesAsText("refId").stream()
                        .map(refId -> "Value #" + refId)
                        .toList());
        assertThat(names)
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        StreamSupport.stream(table.findValue("overrides").spliterator(), false)
                                .map(override -> override.at("/matcher/options").asText())
                                .toList());
    }

    @Test
    void panelsDoNotOverlap() throws Exception {
        Set<String> occupied = new HashSet<>();

        assertThat(MonitoringFiles.dashboard().path("panels")).allSatisfy(panel -> {
            JsonNode position = panel.path("gridPos");
            int right = position.path("x").asInt() + position.path("w").asInt();
            int bottom = position.path("y").asInt() + position.path("h").asInt();
            assertThat(right).isLessThanOrEqualTo(COLUMNS);
            for (int x = position.path("x").asInt(); x < right; x++) {
                for (int y = position.path("y").asInt(); y < bottom; y++) {
                    assertThat(occupied.add(x + "," + y)).isTrue();
                }
            }
        });
    }
}
