package io.github.camelpushgateway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;

/** The properties of reports are read in each spelling and from each source. */
class ReportPropertiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_REPORT_ROUTES=a,b\\nCAMEL_PUSHGATEWAY_REPORT_URI=pushgateway:job",
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_REPORT_ROUTES_0=a\\nCAMEL_PUSHGATEWAY_REPORT_ROUTES_1=b\\nCAMEL_PUSHGATEWAY_REPORT_URI=pushgateway:job",
                "SYSTEM_PROPERTIES | camel.pushgateway.report.ROUTES=a,b\\ncamel.pushgateway.report.Uri=pushgateway:job",
                "PROPERTIES_FILE | camel.pushgateway.report.routes[0]=a\\ncamel.pushgateway.report.routes[1]=b\\ncamel.pushgateway.report.uri=pushgateway:job",
                "YAML_FILE | camel.pushgateway.report:\\n  Routes: [a, b]\\n  URI: pushgateway:job",
                "YAML_FILE | camel.pushgateway.report:\\n  routes:\\n  - a\\n  - b\\n  uri: pushgateway:job"
            })
    void propertiesAreReadInEachSpelling(PropertySources source, String text) throws IOException {
        Environment environment = source.environment(text);

        assertThat(ReportProperties.hasRoutes(environment)).isTrue();
        assertThat(ReportProperties.routes(environment)).isEqualTo("a,b");
        assertThat(ReportProperties.factory(environment).getUri()).isEqualTo("pushgateway:job");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_REPORT_ROUTES=a\\nCAMEL_PUSHGATEWAY_REPORT_REPORTSTART=true\\nCAMEL_PUSHGATEWAY_REPORT_REPORTINTERVAL=24h\\nCAMEL_PUSHGATEWAY_REPORT_REPORTCOUNTERS=True",
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_REPORT_ROUTES=a\\nCAMEL_PUSHGATEWAY_REPORT_REPORT_START=true\\nCAMEL_PUSHGATEWAY_REPORT_REPORT_INTERVAL=24h\\nCAMEL_PUSHGATEWAY_REPORT_REPORT_COUNTERS=true",
                "PROPERTIES_FILE | camel.pushgateway.report.routes=a\\ncamel.pushgateway.report.reportStart=true\\ncamel.pushgateway.report.reportInterval=24h\\ncamel.pushgateway.report.reportCounters=true",
                "YAML_FILE | camel.pushgateway.report:\\n  routes: a\\n  report-start: true\\n  report-interval: 24h\\n  report-counters: true"
            })
    void contentOfReportsIsReadInEachSpelling(PropertySources source, String text) throws IOException {
        Environment environment = source.environment(text);

        assertThat(ReportProperties.hasRoutes(environment)).isTrue();
        PushgatewayRoutePolicyFactory factory = ReportProperties.factory(environment);
        assertThat(factory.isReportStart()).isTrue();
        assertThat(factory.getReportInterval()).isEqualTo("24h");
        assertThat(factory.isReportCounters()).isTrue();
    }

    @Test
    void contentOfReportsIsOptional() throws IOException {
        PushgatewayRoutePolicyFactory factory = ReportProperties.factory(PropertySources.PROPERTIES_FILE.environment(
                "camel.pushgateway.report.routes=a\\ncamel.pushgateway.report.report-interval="));

        assertThat(factory.isReportStart()).isFalse();
        assertThat(factory.getReportInterval()).isNull();
        assertThat(factory.isReportCounters()).isFalse();
    }

    @Test
    void invalidSwitchIsRejected() throws IOException {
        Environment environment = PropertySources.PROPERTIES_FILE.environment(
                "camel.pushgateway.report.routes=a\\ncamel.pushgateway.report.report-start=yes");

        assertThatThrownBy(() -> ReportProperties.factory(environment))
                .hasMessage("camel.pushgateway.report.report-start is 'yes'; write true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_PUSHGATEWAY_REPORT_ROUTE=a",
                "SYSTEM_PROPERTIES | camel.pushgateway.report.route=a",
                "PROPERTIES_FILE | camel.pushgateway.report.route[0]=a",
                "YAML_FILE | camel.pushgateway.report.route: a"
            })
    void unknownNameIsRejectedWithKnownNames(PropertySources source, String text) throws IOException {
        Environment environment = source.environment(text);

        assertThatThrownBy(() -> ReportProperties.hasRoutes(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "camel.pushgateway.report.route",
                        "camel.pushgateway.report.routes",
                        "camel.pushgateway.report.uri");
    }
}
