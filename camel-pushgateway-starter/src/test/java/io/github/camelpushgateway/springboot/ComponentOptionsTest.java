package io.github.camelpushgateway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.api.PushgatewayHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option of the component can be set by a property in each spelling and source that Spring Boot supports. */
class ComponentOptionsTest {

    private static final String PREFIX = PushgatewayAutoConfiguration.COMPONENT;
    private static final String VARIABLE = "CAMEL_COMPONENT_PUSHGATEWAY_";
    private static final PushgatewayHandler HANDLER = (request, next) -> next.handle(request);
    private static final GatewayConfiguration CONFIGURATION = new GatewayConfiguration();
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    static {
        CONTEXT.getRegistry().bind("tokens", HANDLER);
        CONTEXT.getRegistry().bind("trusted", new SSLContextParameters());
        CONTEXT.getRegistry().bind("gateway", CONFIGURATION);
    }

    @AfterAll
    static void close() {
        CONTEXT.stop();
    }

    private static PushgatewayComponent set(Map<PropertySources, String> sources) throws IOException {
        PushgatewayComponent component = component();
        new ComponentOptions(PropertySources.environment(sources), PREFIX).set(component);
        return component;
    }

    private static PushgatewayComponent component() {
        PushgatewayComponent component = new PushgatewayComponent();
        component.setCamelContext(CONTEXT);
        component.build();
        return component;
    }

    private static @Nullable Object value(PushgatewayComponent component, String option) {
        return ((PropertyConfigurerGetter) component.getComponentPropertyConfigurer())
                .getOptionValue(component, option, true);
    }

    /** Option in the metadata of the component. */
    record Option(String name, JsonNode metadata) {

        /** Returns a valid text that differs from the default value. */
        String text() {
            return switch (metadata.get("type").asText()) {
                case "boolean" -> String.valueOf(!metadata.get("defaultValue").asBoolean());
                case "integer" -> "7";
                case "duration" -> "1m30s";
                case "enum" ->
                    metadata.get("enum").get(metadata.get("enum").size() - 1).asText();
                case "object" ->
                    switch (name) {
                        case "handler" -> "#tokens";
                        case "configuration" -> "#bean:gateway";
                        default -> "#bean:trusted";
                    };
                default -> name.equals("url") ? "http://gateway:9091" : "text";
            };
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns all options except the option that is a map. */
    static List<Option> options() throws IOException {
        List<Option> options = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ComponentOptionsTest.class.getResourceAsStream(
                "/META-INF/io/github/camelpushgateway/pushgateway.json"))) {
            new ObjectMapper()
                    .readTree(in)
                    .get("componentProperties")
                    .properties()
                    .forEach(option -> options.add(new Option(option.getKey(), option.getValue())));
        }
        assertThat(options).hasSizeGreaterThan(20);
        options.removeIf(option -> option.name().equals("httpHeader"));
        return options;
    }

    private static String dashed(String name) {
        return OptionProperties.dashed(name);
    }

    private static String snake(String name) {
        return dashed(name).replace('-', '_');
    }

    /** Returns the names of an option below the prefix, in files and system properties. */
    private static Set<String> names(String option) {
        Set<String> names = new LinkedHashSet<>();
        for (UnaryOperator<String> spelling : List.<UnaryOperator<String>>of(
                ComponentOptionsTest::dashed,
                name -> name,
                ComponentOptionsTest::snake,
                name -> snake(name).toUpperCase(Locale.ROOT),
                name -> name.toLowerCase(Locale.ROOT),
                name -> name.toUpperCase(Locale.ROOT),
                name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))) {
            names.add(spelling.apply(option));
            if (!option.equals("configuration")) {
                names.add("configuration." + spelling.apply(option));
            }
        }
        return names;
    }

    /** Returns the names of the environment variables for an option. */
    private static Set<String> variables(String option) {
        Set<String> names = new LinkedHashSet<>();
        for (String holder : option.equals("configuration") ? List.of("") : List.of("", "CONFIGURATION_")) {
            names.add(VARIABLE + holder + option.toUpperCase(Locale.ROOT));
            names.add(VARIABLE + holder + snake(option).toUpperCase(Locale.ROOT));
            names.add((VARIABLE + holder + option).toLowerCase(Locale.ROOT));
            names.add((VARIABLE + holder + snake(option)).toLowerCase(Locale.ROOT));
        }
        // containers support such variables, although shells do not
        names.add(PREFIX + '.' + dashed(option));
        return names;
    }

    static Stream<Arguments> optionsAndSources() throws IOException {
        return options().stream()
                .flatMap(option -> Stream.of(PropertySources.values()).map(source -> Arguments.of(option, source)));
    }

    @ParameterizedTest(name = "{0} from {1}")
    @MethodSource("optionsAndSources")
    void eachOptionIsSetInEachSpelling(Option option, PropertySources source) throws IOException {
        Object byDefault = value(component(), option.name());
        Object expected = null;
        for (String name : source == PropertySources.ENVIRONMENT ? variables(option.name()) : names(option.name())) {
            String text = switch (source) {
                case ENVIRONMENT -> name + '=' + option.text();
                case YAML_FILE ->
                    "camel:\n  component:\n    pushgateway:\n      " + name.replace(".", ":\n        ") + ": \""
                            + option.text() + "\"";
                case SYSTEM_PROPERTIES, PROPERTIES_FILE -> PREFIX + '.' + name + '=' + option.text();
            };

            Object value = value(set(Map.of(source, text)), option.name());

            assertThat(value).as(text).isNotEqualTo(byDefault).isNotNull();
            expected = expected == null ? value : expected;
            assertThat(value).as(text).isEqualTo(expected);
        }
        assertThat(expected).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_URL=http://a:1,http://b:2",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_URL_0=http://a:1\\nCAMEL_COMPONENT_PUSHGATEWAY_URL_1=http://b:2",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_URL_0_=http://a:1\\nCAMEL_COMPONENT_PUSHGATEWAY_URL_1_=http://b:2",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_CONFIGURATION_URL_0=http://a:1\\nCAMEL_COMPONENT_PUSHGATEWAY_CONFIGURATION_URL_1=http://b:2",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.url=http://a:1,http://b:2",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.url[0]=http://a:1\\ncamel.component.pushgateway.url[1]=http://b:2",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.URL[1]=http://b:2\\ncamel.component.pushgateway.URL[0]=http://a:1",
                "PROPERTIES_FILE | camel.component.pushgateway.url = http://a:1, http://b:2",
                "PROPERTIES_FILE | camel.component.pushgateway.url[0]=http://a:1\\ncamel.component.pushgateway.url[1]=http://b:2",
                "PROPERTIES_FILE | camel.component.pushgateway.configuration.url[0]=http://a:1\\ncamel.component.pushgateway.configuration.url[1]=http://b:2",
                "YAML_FILE | camel.component.pushgateway.url: http://a:1,http://b:2",
                "YAML_FILE | camel.component.pushgateway.url: [ 'http://a:1', 'http://b:2' ]",
                "YAML_FILE | camel.component.pushgateway.url:\\n- http://a:1\\n- http://b:2",
                "YAML_FILE | camel.component.pushgateway.configuration.url:\\n- http://a:1\\n- http://b:2"
            })
    void urlMayBeList(PropertySources source, String text) throws IOException {
        assertThat(set(Map.of(source, text.replace("\\n", "\n")))
                        .getConfiguration()
                        .getUrl()
                        .replace(" ", ""))
                .isEqualTo("http://a:1,http://b:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER=X-Scope-OrgID=a,X.Y=b,tenant=c",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_HTTPHEADER=X-Scope-OrgID=a,X.Y=b,tenant=c",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.http-header=X-Scope-OrgID=a,X.Y=b,tenant=c",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.http-header.X-Scope-OrgID=a\\ncamel.component.pushgateway.http-header.X.Y=b\\ncamel.component.pushgateway.http-header.tenant=c",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.httpHeader[X-Scope-OrgID]=a\\ncamel.component.pushgateway.httpHeader[X.Y]=b\\ncamel.component.pushgateway.httpHeader[tenant]=c",
                "PROPERTIES_FILE | camel.component.pushgateway.http-header.X-Scope-OrgID=a\\ncamel.component.pushgateway.http-header.X.Y=b\\ncamel.component.pushgateway.http-header.tenant=c",
                "PROPERTIES_FILE | camel.component.pushgateway.http-header[X-Scope-OrgID]=a\\ncamel.component.pushgateway.http-header[X.Y]=b\\ncamel.component.pushgateway.http-header[tenant]=c",
                "PROPERTIES_FILE | camel.component.pushgateway.http_header.X-Scope-OrgID=a\\ncamel.component.pushgateway.HTTPHEADER[X.Y]=b\\ncamel.component.pushgateway.httpHeader.tenant=c",
                "PROPERTIES_FILE | camel.component.pushgateway.configuration.http-header.X-Scope-OrgID=a\\ncamel.component.pushgateway.configuration.http-header.X.Y=b\\ncamel.component.pushgateway.configuration.httpHeader.tenant=c",
                "YAML_FILE | camel.component.pushgateway.http-header:\\n  X-Scope-OrgID: a\\n  X.Y: b\\n  tenant: c",
                "YAML_FILE | camel.component.pushgateway.httpHeader:\\n  '[X-Scope-OrgID]': a\\n  '[X.Y]': b\\n  '[tenant]': c",
                "YAML_FILE | camel.component.pushgateway.http-header:\\n  X-Scope-OrgID: a\\n  X:\\n    Y: b\\n  tenant: c",
                "YAML_FILE | camel.component.pushgateway.http_header: X-Scope-OrgID=a,X.Y=b,tenant=c"
            })
    void mapKeysMayContainDashesAndDots(PropertySources source, String text) throws IOException {
        assertThat(set(Map.of(source, text.replace("\\n", "\n")))
                        .getConfiguration()
                        .getHttpHeader())
                .isEqualTo(Map.of("X-Scope-OrgID", "a", "X.Y", "b", "tenant", "c"));
    }

    @Test
    void headerOfOneWordMayBeEnvironmentVariable() throws IOException {
        assertThat(set(Map.of(PropertySources.ENVIRONMENT, VARIABLE + "HTTPHEADER_TENANT=a"))
                        .getConfiguration()
                        .getHttpHeader())
                .isEqualTo(Map.of("tenant", "a"));
    }

    /** Each source sets another value in another spelling. */
    @Test
    void firstSourceTakesPrecedence() throws IOException {
        PushgatewayComponent component = set(Map.of(
                PropertySources.SYSTEM_PROPERTIES,
                PREFIX + ".maxRetries=1\n" + PREFIX + ".http-header.X-A=system",
                PropertySources.ENVIRONMENT,
                VARIABLE + "MAX_RETRIES=2\n" + VARIABLE + "MAX_PENDING=20\n" + VARIABLE + "URL_0=http://variable:1",
                PropertySources.PROPERTIES_FILE,
                PREFIX + ".max-retries=3\n" + PREFIX + ".max_pending=30\n" + PREFIX + ".http-header.X-A=file\n" + PREFIX
                        + ".retry-delay=3s\n" + PREFIX + ".url[0]=http://file:1\n" + PREFIX + ".url[1]=http://file:2",
                PropertySources.YAML_FILE,
                PREFIX + ":\n  MAX_RETRIES: 4\n  retryDelay: 4s\n  connect-timeout: 4s\n  url: http://yaml:1\n"
                        + "  httpHeader:\n    X-B: yaml"));

        assertThat(component.getConfiguration().getMaxRetries()).isEqualTo(1);
        assertThat(component.getConfiguration().getMaxPending()).isEqualTo(20);
        assertThat(component.getConfiguration().getRetryDelay()).isEqualTo(3_000);
        assertThat(component.getConfiguration().getConnectTimeout()).isEqualTo(4_000);
        assertThat(component.getConfiguration().getUrl()).isEqualTo("http://variable:1");
        assertThat(component.getConfiguration().getHttpHeader()).isEqualTo(Map.of("X-A", "system", "X-B", "yaml"));
    }

    @Test
    void placeholdersOfSpringAndCamelAreResolved() throws IOException {
        PushgatewayComponent component = set(Map.of(
                PropertySources.SYSTEM_PROPERTIES,
                "gateway.user=ops",
                PropertySources.PROPERTIES_FILE,
                PREFIX + ".username=${gateway.user}\n" + PREFIX + ".password={{env:NO_SUCH_VARIABLE:pa55}}\n" + PREFIX
                        + ".http-header.X-Key={{env:NO_SUCH_VARIABLE:k3y}}"));

        assertThat(component.getConfiguration().getUsername()).isEqualTo("ops");
        assertThat(component.getConfiguration().getPassword()).isEqualTo("pa55");
        assertThat(component.getConfiguration().getHttpHeader()).isEqualTo(Map.of("X-Key", "k3y"));
    }

    /** The bean is set first, regardless of the order of the names. */
    @Test
    void optionsOverrideConfigurationBean() throws IOException {
        PushgatewayComponent component = set(Map.of(
                PropertySources.PROPERTIES_FILE,
                PREFIX + ".bearer-token=t0ken\n" + PREFIX + ".max-retries=9\n" + PREFIX
                        + ".configuration=#bean:gateway"));

        assertThat(component.getConfiguration()).isSameAs(CONFIGURATION);
        assertThat(CONFIGURATION.getMaxRetries()).isEqualTo(9);
        assertThat(CONFIGURATION.getBearerToken()).isEqualTo("t0ken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRY=5 | CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRY | camel.component.pushgateway.max-retries",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_BEARERTOKENS=5 | CAMEL_COMPONENT_PUSHGATEWAY_BEARERTOKENS | camel.component.pushgateway.bearer-token",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRIES_0=5 | CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRIES_0 | camel.component.pushgateway.max-retries",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_CONFIGURATION_MAX_RETRY=5 | CAMEL_COMPONENT_PUSHGATEWAY_CONFIGURATION_MAX_RETRY | camel.component.pushgateway.max-retries",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_HTTPHEADER_X_SCOPE_ORGID=a | CAMEL_COMPONENT_PUSHGATEWAY_HTTPHEADER_X_SCOPE_ORGID | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER=X-Scope-OrgID=tenant",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_HTTPHEADER_X_Y=a | CAMEL_COMPONENT_PUSHGATEWAY_HTTPHEADER_X_Y | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER=X-Scope-OrgID=tenant",
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER_TENANT=a | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER_TENANT | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER=X-Scope-OrgID=tenant",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.maxRetry=5 | camel.component.pushgateway.maxRetry | camel.component.pushgateway.max-retries",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.urls[0]=a | camel.component.pushgateway.urls[0] | camel.component.pushgateway.url",
                "PROPERTIES_FILE | camel.component.pushgateway.user-name2=a | application.properties | camel.component.pushgateway.username",
                "PROPERTIES_FILE | camel.component.pushgateway.http-headers.X-Key=a | camel.component.pushgateway.http-headers.X-Key | camel.component.pushgateway.http-header",
                "PROPERTIES_FILE | camel.component.pushgateway.password[0]=a | camel.component.pushgateway.password[0] | camel.component.pushgateway.password",
                "PROPERTIES_FILE | camel.component.pushgateway.url.first=a | camel.component.pushgateway.url.first | camel.component.pushgateway.url",
                "PROPERTIES_FILE | camel.component.pushgateway.configuration.configuration=a | camel.component.pushgateway.configuration.configuration | camel.component.pushgateway.configuration",
                "YAML_FILE | camel.component.pushgateway.retry: 5s | camel.component.pushgateway.retry | retry-delay",
                "YAML_FILE | camel.component.pushgateway.connection-time-limit: 5s | camel.component.pushgateway.connection-time-limit | url, use-global-ssl-context-parameters, username"
            })
    void unknownNameIsRejectedWithSimilarName(PropertySources source, String text, String wrong, String right) {
        assertThatThrownBy(() -> set(Map.of(source, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .satisfies(message -> {
                    assertThat(message).containsIgnoringCase(wrong);
                    assertThat(message.substring(message.indexOf(';'))).contains(right);
                });
    }

    /** The value of a misspelt property may be a secret. */
    @Test
    void messageContainsNoValue() {
        assertThatThrownBy(() -> set(
                        Map.of(PropertySources.ENVIRONMENT, VARIABLE + "PASWORD=pa55\n" + VARIABLE + "USERNAME=ops")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("pa55")
                .contains("camel.component.pushgateway.password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRIES=5\\nCAMEL_COMPONENT_PUSHGATEWAY_MAXRETRIES=6 | max-retries",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.max-retries=5\\ncamel.component.pushgateway.maxRetries=6 | max-retries",
                "PROPERTIES_FILE | camel.component.pushgateway.max-retries=5\\ncamel.component.pushgateway.MAX_RETRIES=6 | max-retries",
                "PROPERTIES_FILE | camel.component.pushgateway.max-retries=5\\ncamel.component.pushgateway.configuration.max-retries=6 | max-retries",
                "PROPERTIES_FILE | camel.component.pushgateway.url=http://a:1\\ncamel.component.pushgateway.url[0]=http://b:1 | url",
                "PROPERTIES_FILE | camel.component.pushgateway.http-header=X-A=a\\ncamel.component.pushgateway.http-header.X-B=b | http-header",
                "PROPERTIES_FILE | camel.component.pushgateway.http-header.X-A=a\\ncamel.component.pushgateway.httpHeader[X-A]=b | http-header",
                "YAML_FILE | camel.component.pushgateway:\\n  max-retries: 5\\n  maxRetries: 6 | max-retries"
            })
    void optionSetTwiceInOneSourceIsRejected(PropertySources source, String text, String option) {
        assertThatThrownBy(() -> set(Map.of(source, text.replace("\\n", "\n"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("camel.component.pushgateway." + option)
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT | CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER=s3cret",
                "SYSTEM_PROPERTIES | camel.component.pushgateway.http-header=X-Key=a,s3cret",
                "PROPERTIES_FILE | camel.component.pushgateway.http-header=X-Key=a,s3cret=b,s3cret=c",
                "PROPERTIES_FILE | camel.component.pushgateway.http-header={X-Key={s3cret=a}}",
                "YAML_FILE | camel.component.pushgateway.http-header: s3cret"
            })
    void textThatIsNotHeadersIsRejected(PropertySources source, String text) {
        assertThatThrownBy(() -> set(Map.of(source, text)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isEqualTo("the option httpHeader is invalid; write each header as a separate option, as"
                        + " httpHeader.X-Scope-OrgID=tenant, or several as httpHeader=name=value,name=value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl-context-parameters=#bean:nope | the option ssl-context-parameters names the bean 'nope', which does not exist; define a bean with that name and the type SSLContextParameters, or write the name of another bean, as #bean:name",
                "ssl-context-parameters=#nope | the option ssl-context-parameters names the bean 'nope', which does not exist; define a bean with that name and the type SSLContextParameters, or write the name of another bean, as #bean:name",
                "configuration=#bean:nope | the option configuration names the bean 'nope', which does not exist; define a bean with that name and the type GatewayConfiguration, or write the name of another bean, as #bean:name",
                "http-header=#bean:nope | the option http-header names the bean 'nope', which does not exist; define a bean with that name and the type Map, or write the name of another bean, as #bean:name",
                "handler=nope | the option handler does not name a bean of type PushgatewayHandler; write the name of such a bean, as #bean:name",
                "ssl-context-parameters=#bean:tokens | the option ssl-context-parameters does not name a bean of type SSLContextParameters; write the name of such a bean, as #bean:name"
            })
    void missingOrWrongBeanIsRejectedWithNameOfOption(String property, String message) {
        assertThatThrownBy(() -> set(Map.of(PropertySources.PROPERTIES_FILE, PREFIX + '.' + property)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage(message);
    }

    @Test
    void propertiesOfStarterAreNotOptions() throws IOException {
        PushgatewayComponent component = set(Map.of(
                PropertySources.ENVIRONMENT,
                VARIABLE + "ENABLED=true\n" + VARIABLE + "CUSTOMIZER_ENABLED=true\n" + VARIABLE + "MAX_RETRIES=5"));

        assertThat(component.getConfiguration().getMaxRetries()).isEqualTo(5);
    }
}
