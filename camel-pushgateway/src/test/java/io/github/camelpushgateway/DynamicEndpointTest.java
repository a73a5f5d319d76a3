package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.WireServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message supplies only the values of expressions in toD: no value sets an option, a bean or a gateway. */
@TestInstance(Lifecycle.PER_CLASS)
class DynamicEndpointTest {

    private static final String REST = "metricName=rows&metricValue=1";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ExecutorService taps = Executors.newSingleThreadExecutor();
    private final List<String> handled = new ArrayList<>();
    private final List<String> evaluated = new CopyOnWriteArrayList<>();
    private WireServer gateway;
    private WireServer elsewhere;
    private ProducerTemplate template;

    @BeforeAll
    void start() throws Exception {
        gateway = new WireServer(WireServer.status(200, ""));
        elsewhere = new WireServer(WireServer.status(200, ""));
        GatewayConfiguration options =
                context.getComponent("pushgateway", PushgatewayComponent.class).getConfiguration();
        options.setUrl(gateway.url());
        options.setUsername("ops");
        options.setPassword("pa55-W0RD");
        context.getPropertiesComponent().addInitialProperty("secret", "s3cret-PROPERTY");
        context.getPropertiesComponent().addInitialProperty("region", "eu");
        PushgatewayHandler recording = (request, next) -> {
            handled.add(request.url().getPath());
            return next.handle(request);
        };
        context.getRegistry().bind("recording", recording);
        context.getRegistry().bind("region", (Processor) exchange -> evaluated.add("region"));
        context.getRegistry().bind("evil", (Processor) exchange -> evaluated.add("evil"));
        context.getRegistry().bind("abc123", recording);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:label").toD("pushgateway:load?groupingKey.region=${header.v}&" + REST);
                from("direct:last").toD("pushgateway:load?" + REST + "&labels.region=${header.v}");
                from("direct:raw").toD("pushgateway:load?groupingKey.region=RAW(${header.v})&" + REST);
                from("direct:rawHelp").toD("pushgateway:load?metricHelp=RAW{a ${body}}&" + REST);
                from("direct:pairs").toD("pushgateway:load?groupingKey=region=${header.v},stage=x&" + REST);
                from("direct:help").toD("pushgateway:load?metricHelp=${body}&" + REST);
                from("direct:job").toD("pushgateway:${header.v}?" + REST);
                from("direct:jobAlone").toD("pushgateway:${header.v}");
                from("direct:jobAndLabel").toD("pushgateway:a-$simple{header.v}-b?metricHelp=${header.v}&" + REST);
                from("direct:property").toD("pushgateway:load?groupingKey.region=${exchangeProperty.v}&" + REST);
                from("direct:variable").toD("pushgateway:load?groupingKey.region=${variable.v}&" + REST);
                from("direct:handler").toD("pushgateway:load?handler=${header.v}&" + REST);
                from("direct:bean").toD("pushgateway:load?handler=#${header.v}&" + REST);
                from("direct:operation").toD("pushgateway:load?operation=${header.v}&" + REST);
                from("direct:sweep").toD("pushgateway:tmp-${header.v}?operation=sweep");
                from("direct:sweepLabel").toD("pushgateway:tmp-*?operation=sweep&groupingKey.region=${header.v}");
                from("direct:names").toD("pushgateway:load?${header.v}&" + REST);
                from("direct:name").toD("pushgateway:load?labels.${header.v}=1&" + REST);
                from("direct:expressions").toD("pushgateway:load?expressions=true&labels.region=${header.v}&" + REST);
                from("direct:url").toD("pushgateway:load?url=http://127.0.0.1:${header.v}&" + REST);
                String label = "pushgateway:load?" + REST + "&groupingKey.region=";
                from("direct:body").toD(label + "${body}");
                from("direct:bodyAs").toD(label + "${bodyAs(String)}");
                from("direct:bodyJob").toD("pushgateway:${body}?" + REST);
                from("direct:bodyName").toD(label + "${body[name]}");
                from("direct:bodyKey").toD(label + "a-${body[k]}");
                from("direct:headerKey").toD(label + "${header.v[k]}");
                from("direct:twice").toD(label + "${header.v}$simple{body}secret}}");
                from("direct:brace").toD(label + "{${header.v}");
                from("direct:called").toD(label + "${bean:region}-${header.v}");
                from("direct:poll").poll("pushgateway:load?delay=10&groupingKey.region=${header.v}", 100);
                from("direct:pollEnrich")
                        .pollEnrich()
                        .simple("pushgateway:load?delay=10&groupingKey.region=${header.v}")
                        .timeout(100);
                from("direct:tap")
                        .wireTap("pushgateway:load?groupingKey.region=${header.v}&" + REST)
                        .executorService(taps);
                from("direct:enrich").enrich().simple("pushgateway:load?groupingKey.region=${header.v}&" + REST);
                from("direct:placeholder").toD("pushgateway:load?groupingKey.region={{region}}-${header.v}&" + REST);
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caught")
                        .onException(PushgatewayException.class)
                        .handled(true)
                        .setBody(exceptionMessage())
                        .end()
                        .toD("pushgateway:load?onPushFailure=ignore&groupingKey.region=${header.v}&" + REST);
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @BeforeEach
    void forget() {
        gateway.requests().clear();
        elsewhere.requests().clear();
        handled.clear();
        evaluated.clear();
    }

    @AfterAll
    void stop() throws Exception {
        context.close();
        taps.shutdownNow();
        gateway.close();
        elsewhere.close();
    }

    private Exchange send(String route, Object value) {
        Exchange sent = template.request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(value);
            exchange.getMessage().setHeader("v", value);
            exchange.setProperty("v", value);
            exchange.setVariable("v", value);
        });
        if (route.equals("tap")) {
            awaitTap();
        }
        return sent;
    }

    /** Waits for the tapped exchange, so that its request cannot arrive during the next test. */
    private void awaitTap() {
        assertThat(taps.submit(() -> {})).succeedsWithin(Duration.ofSeconds(20));
        await().until(() -> context.getInflightRepository().size() == 0);
    }

    static Stream<Arguments> attacks() {
        List<Arguments> attacks = new ArrayList<>();
        for (String encoded : List.of("&", "%26", "%2526")) {
            for (String route :
                    List.of("label", "last", "help", "pairs", "property", "variable", "enrich", "placeholder")) {
                attacks.add(Arguments.of(route, "eu" + encoded + "url=ELSEWHERE"));
                attacks.add(Arguments.of(route, "eu" + encoded + "metricName=other"));
            }
        }
        for (String encoded : List.of("?", "%3F", "%3f", "%253F")) {
            for (String route : List.of("job", "jobAlone", "jobAndLabel")) {
                attacks.add(Arguments.of(route, "x" + encoded + "url=ELSEWHERE&metricHelp="));
                attacks.add(Arguments.of(route, "x" + encoded + "url=ELSEWHERE"));
                attacks.add(Arguments.of(route, "x" + encoded));
            }
        }
        for (String route : List.of("label", "last", "help", "enrich")) {
            attacks.add(Arguments.of(route, "RAW(eu"));
            attacks.add(Arguments.of(route, "RAW(eu)"));
            attacks.add(Arguments.of(route, "RAW{eu}"));
            attacks.add(Arguments.of(route, "#bean:recording"));
            attacks.add(Arguments.of(route, " #class:java.util.Date"));
            attacks.add(Arguments.of(route, "+#property:secret"));
            attacks.add(Arguments.of(route, "%23property:secret"));
            attacks.add(Arguments.of(route, "&"));
            attacks.add(Arguments.of(route, "{{secret}}"));
            attacks.add(Arguments.of(route, "eu-{{?secret}}"));
        }
        attacks.add(Arguments.of("label", "eu%25252526url=ELSEWHERE"));
        attacks.add(Arguments.of("label", "eu%26url=ELSEWHERE%zz"));
        attacks.add(Arguments.of("property", "{{secret}}"));
        attacks.add(Arguments.of("variable", "{{secret}}"));
        attacks.add(Arguments.of("job", "{{secret}}"));
        attacks.add(Arguments.of("raw", "{{secret}}"));
        attacks.add(Arguments.of("raw", "eu)&url=ELSEWHERE&labels.a=(x"));
        attacks.add(Arguments.of("raw", "eu)&url=ELSEWHERE&labels.a=RAW(x"));
        attacks.add(Arguments.of("raw", "#property:secret"));
        attacks.add(Arguments.of("raw", "a\nb"));
        attacks.add(Arguments.of("job", "//x"));
        attacks.add(Arguments.of("job", "a\nb"));
        attacks.add(Arguments.of("pairs", "eu,instance=a"));
        attacks.add(Arguments.of("pairs", "eu;instance=a"));
        attacks.add(Arguments.of("pairs", "eu%2Cinstance=a"));
        attacks.add(Arguments.of("handler", "#recording"));
        attacks.add(Arguments.of("bean", "recording"));
        attacks.add(Arguments.of("bean", "class:java.util.Date"));
        attacks.add(Arguments.of("operation", "sweep"));
        attacks.add(Arguments.of("operation", "WIPE"));
        attacks.add(Arguments.of("operation", "%77ipe"));
        attacks.add(Arguments.of("sweep", "*"));
        attacks.add(Arguments.of("sweep", "%2A"));
        attacks.add(Arguments.of("sweepLabel", "*"));
        attacks.add(Arguments.of("names", "labels.a=1"));
        attacks.add(Arguments.of("names", "url=ELSEWHERE"));
        attacks.add(Arguments.of("name", "a"));
        for (String value : List.of(
                "${sys.user.home}", "%24%7Bsys.user.home}", "$%7Bsys.user.home%7D", "%2524%257Bsys.user.home%257D")) {
            attacks.add(Arguments.of("expressions", value));
        }
        for (String value : List.of("$simple{bean:evil?method=go}", "a-$simple{sys.user.home}", "$simple{body}")) {
            attacks.add(Arguments.of("raw", value));
            attacks.add(Arguments.of("rawHelp", value));
        }
        for (String encoded : List.of("%7B%7Bsecret%7D%7D", "{%7Bsecret}}", "%257B%257Bsecret%257D%257D")) {
            attacks.add(Arguments.of("label", encoded));
            attacks.add(Arguments.of("job", encoded));
        }
        return attacks.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("attacks")
    void valueThatChangesTheEndpointIsRejected(String route, String value) {
        Exchange exchange = send(route, value.replace("ELSEWHERE", elsewhere.url()));

        assertThat(exchange.getException()).isInstanceOf(PushgatewayException.class);
        assertThat(exchange.getException())
                .message()
                .contains(" of the group {job=\"", "rejected before it was sent")
                .contains("message")
                .doesNotContain(elsewhere.url(), "s3cret-PROPERTY", "pa55-W0RD")
                .doesNotContainPattern("\\p{Cntrl}");
        assertThat(gateway.requests()).isEmpty();
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(handled).isEmpty();
        assertThat(evaluated).isEmpty();
    }

    @Test
    void messageNamesTheOption() {
        assertThat(send("label", "a&b").getException())
                .hasMessageContaining("the value of the message for the option groupingKey.region contains");
        assertThat(send("last", "a&b").getException())
                .hasMessageContaining("the value of the message for the option labels.region contains");
        assertThat(send("job", "a?b").getException())
                .hasMessageContaining("the value of the message for the job contains");
        assertThat(send("label", "a&b").getException()).hasMessageContaining("{job=\"load\"}");
    }

    static Stream<Arguments> encodedExpressions() {
        return Stream.of(
                        "%24%7Bbean:evil?method=go%7D",
                        "%24%7Bbean:evil%7D",
                        "$%7Bbean:evil}",
                        "%24{bean:evil}",
                        "%2524%257Bbean:evil%257D",
                        "%24simple%7Bbean:evil%7D",
                        "$simple%7Bbean:evil}",
                        "%24%7Bproperties:secret%7D",
                        "%2524simple{properties:secret}",
                        "%24%7Bsys.user.home%7D")
                .flatMap(value -> Stream.of("label", "last", "pairs", "job", "help", "tap", "enrich", "variable")
                        .map(route -> Arguments.of(route, value)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("encodedExpressions")
    void encodedExpressionIsNeverEvaluated(String route, String value) {
        send(route, value);

        assertThat(evaluated).isEmpty();
        assertThat(gateway.requests())
                .extracting(request -> URLDecoder.decode(request.path(), StandardCharsets.UTF_8)
                        + new String(request.body(), StandardCharsets.UTF_8))
                .allSatisfy(
                        text -> assertThat(text).doesNotContain("s3cret-PROPERTY", System.getProperty("user.home")));
    }

    static Stream<Arguments> data() {
        List<Arguments> data = new ArrayList<>();
        for (String value : List.of(
                "eu",
                "a b",
                "a#b",
                "a)b",
                "a{b}",
                "a?b",
                "a;b",
                "a,b",
                "a/../b",
                "//a",
                "ü€",
                "a\\b",
                "a=b",
                "50%",
                "a\"b",
                "${sys.user.home}",
                "$simple{body}")) {
            for (String route : List.of("label", "tap", "enrich", "property", "variable")) {
                data.add(Arguments.of(route, value));
            }
        }
        for (String value : List.of(
                "eu",
                "a b",
                "a#b",
                "a&b",
                "a&url=x",
                "(a",
                "a+b",
                "a?b",
                "RAW(x",
                "50%",
                "${body}",
                "%24simple%7Bbody%7D",
                "C++",
                "2026-11-28T18:00:00+01:00",
                "dir%2Ffile")) {
            data.add(Arguments.of("raw", value));
        }
        return data.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("data")
    void anyOtherValueIsTreatedAsData(String route, String value) {
        assertThat(send(route, value).getException()).isNull();

        assertThat(gateway.requests())
                .singleElement()
                .satisfies(
                        request -> assertThat(label(request.path(), "region")).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu",
                "a b",
                "a#b",
                "a&b",
                "a=b&c",
                "/a",
                "a/../b",
                "${sys.user.home}",
                "#recording",
                "RAW(x)",
                "a;b,c",
                "50%"
            })
    void anyOtherJobIsTreatedAsData(String job) {
        assertThat(send("job", job).getException()).isNull();

        assertThat(gateway.requests())
                .singleElement()
                .satisfies(request -> assertThat(label(request.path(), "job")).isEqualTo(job));
    }

    static Stream<Arguments> placeholders() {
        Object object = new Object() {
            @Override
            public String toString() {
                return "{{secret}}";
            }
        };
        byte[] bytes = "{{secret}}".getBytes(StandardCharsets.UTF_8);
        List<Arguments> all = new ArrayList<>();
        for (Object value : List.of(
                "{{secret}}",
                "{{?secret}}",
                "a-{{secret}}",
                "{{secret:b}}",
                object,
                bytes,
                CharBuffer.wrap("{{secret}}"),
                List.of("{{secret}}"),
                List.of("eu", "{{secret}}"),
                new ByteArrayInputStream(bytes))) {
            for (String route : List.of(
                    "label", "body", "bodyAs", "bodyJob", "help", "raw", "job", "property", "variable", "enrich")) {
                all.add(Arguments.of(route, value));
            }
        }
        for (String route : List.of("bodyName", "bodyKey", "headerKey")) {
            all.add(Arguments.of(route, Map.of("name", "{{secret}}", "k", "{{secret}}")));
        }
        all.add(Arguments.of("twice", "{"));
        all.add(Arguments.of("brace", "{secret}}"));
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("placeholders")
    void placeholderInMessageIsNotResolved(String route, Object value) throws Exception {
        if (value instanceof InputStream stream) {
            stream.reset();
        }

        Exchange exchange = send(route, value);

        assertThat(exchange.getException()).isInstanceOf(PushgatewayException.class);
        assertThat(exchange.getException())
                .message()
                .contains(" of the group {job=\"", "a value of the message for this endpoint", "CamelPushgateway*")
                .doesNotContain("s3cret-PROPERTY");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void beanIsCalledOnce() {
        assertThat(send("called", "eu").getException()).isNull();

        assertThat(evaluated).hasSize(1);
        assertThat(gateway.requests()).hasSize(1);
    }

    @Test
    void cachedStreamSuppliesValue() {
        Exchange exchange = template.request(
                "direct:body",
                each -> each.getMessage().setBody(new ByteArrayInputStream("eu".getBytes(StandardCharsets.UTF_8))));

        assertThat(exchange.getException()).isNull();
        assertThat(gateway.requests())
                .singleElement()
                .satisfies(
                        request -> assertThat(label(request.path(), "region")).isEqualTo("eu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "pollEnrich"})
    void pollEndpointIsValidatedInTheSameWay(String route) {
        for (String value : List.of("a&url=" + elsewhere.url(), "a%26url=" + elsewhere.url(), "{{secret}}")) {
            assertThat(send(route, value).getException())
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("poll of the group {job=\"load\"} was rejected before it was sent");
        }
        assertThat(gateway.requests()).isEmpty();
        assertThat(elsewhere.requests()).isEmpty();
    }

    private static String label(String path, String name) {
        String[] segments = path.split("/", -1);
        for (int i = 2; i < segments.length; i += 2) {
            if (segments[i].equals(name)) {
                return segments[i + 1];
            }
            if (segments[i].equals(name + "@base64")) {
                return new String(Base64.getUrlDecoder().decode(segments[i + 1]), StandardCharsets.UTF_8);
            }
        }
        return "no label " + name + " in " + path;
    }

    @Test
    void optionsNamedInTheRouteMayDependOnTheMessage() {
        assertThat(send("url", Objects.requireNonNull(elsewhere.url()).replaceAll(".*:", ""))
                        .getException())
                .isNull();
        assertThat(elsewhere.requests()).hasSize(1);
        assertThat(send("operation", "delete").getException()).isNull();
        assertThat(gateway.requests()).extracting(WireServer.Request::method).containsExactly("DELETE");
        assertThat(send("placeholder", "1").getException()).isNull();
        assertThat(gateway.requests().get(1).path()).isEqualTo("/metrics/job/load/region/eu-1");
    }

    @Test
    void rejectionReachesErrorHandlerForAnyOnPushFailure() {
        Exchange exchange = send("caught", "a&b=c");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).contains("groupingKey.region");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void placeholderInHeaderWithShortNameIsAllowed() {
        Exchange exchange = template.request("direct:label", each -> {
            each.getMessage().setHeaders(new HashMap<>(Map.of("v", "eu", "e", "Dear {{name}}", "header", "{{name}}")));
        });

        assertThat(exchange.getException()).isNull();
        assertThat(gateway.requests()).hasSize(1);
    }

    @Test
    void placeholderInUnusedHeaderIsAllowed() {
        Exchange exchange = template.request("direct:label", each -> {
            each.getMessage().setBody("Dear {{name}}");
            each.getMessage().setHeaders(new HashMap<>(Map.of("v", "eu", "mail", "Dear {{name}}")));
        });

        assertThat(exchange.getException()).isNull();
        assertThat(gateway.requests()).hasSize(1);
    }
}
