package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Grafana expects of a dashboard; what its queries answer, {@link MonitoringIT} asks. */
class DashboardTest {

    private static final int COLUMNS = 24;

    @Test
    void itBringsItsVariablesAndNoDataSourceOfSomebodyElse() throws Exception {
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
    void everyPanelHasANumberATitleAndAQuery() throws Exception {
        Set<Integer> ids = new HashSet<>();

        assertThat(MonitoringFiles.dashboard().path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
    }

    @Test
    void noPanelLiesOnAnother() throws Exception {
        Set<String> taken = new HashSet<>();

        assertThat(MonitoringFiles.dashboard().path("panels")).allSatisfy(panel -> {
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            int bottom = place.path("y").asInt() + place.path("h").asInt();
            assertThat(right).isLessThanOrEqualTo(COLUMNS);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = place.path("y").asInt(); y < bottom; y++) {
                    assertThat(taken.add(x + "," + y)).isTrue();
                }
            }
        });
    }
}
