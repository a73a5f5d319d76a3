package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
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
