package io.github.camelpushgateway.client.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ResponseParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response of the query API that is much larger than any response of a gateway. */
class LargeResponseTest {

    private static final String GROUP = "{\"labels\":{\"job\":\"a\"}";
    private static final String GROUPS = "{\"status\":\"success\",\"data\":[" + GROUP;
    private static final String STATUS = "{\"status\":\"success\",\"data\":{\"flags\":{\"a\":\"b\"";
    /** Blanks between values, so that 16 MiB do not contain millions of values. */
    private static final String BLANKS = " ".repeat(100);

    private static final String LONG = "x".repeat(10_000);

    private static final int MAX_HEAP_BYTES = 16_000_000;

    /** A stream that repeats a part of its text. */
    private static final class Repeated extends InputStream {

        private static final int PART_CHARS = 50_000;

        private final IntFunction<String> repeated;
        private final int times;
        private final String end;
        private int read;
        private ByteArrayInputStream part;

        Repeated(String begin, IntFunction<String> repeated, int times, String end) {
            this.repeated = repeated;
            this.times = times;
            this.end = end;
            part = new ByteArrayInputStream(begin.getBytes(UTF_8));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            while (part.available() == 0) {
                if (read > times) {
                    return -1;
                }
                StringBuilder more = new StringBuilder();
                while (more.length() < PART_CHARS && read <= times) {
                    more.append(read < times ? repeated.apply(read) : end);
                    read++;
                }
                part = new ByteArrayInputStream(more.toString().getBytes(UTF_8));
            }
            return part.read(bytes, offset, length);
        }
    }

    private static InputStream endless(String begin, IntFunction<String> repeated) {
        return new Repeated(begin, repeated, Integer.MAX_VALUE - 1, "");
    }

    private static <T> T read(ResponseParser<T> reader, InputStream body) throws IOException {
        return reader.read(GatewayResponse.of(200), body);
    }

    private static <T> GroupReader<T> groups(Function<GatewayGroup, Optional<T>> keep) {
        return new GroupReader<>(GatewayUrl.parse("localhost:9091"), false, keep);
    }

    static Stream<Arguments> endlessGroups() {
        String metric = GROUPS + ",\"m\":{\"type\":\"GAUGE\"";
        String sample = metric + ",\"metrics\":[{\"value\":\"1\"";
        return Stream.of(
                Arguments.of("metrics", GROUPS, of(i -> BLANKS + ",\"m" + i + "\":{\"metrics\":[]}")),
                Arguments.of("samples", metric + ",\"metrics\":[{}", of(i -> BLANKS + ",{\"value\":\"" + i + "\"}")),
                Arguments.of("empty samples", metric + ",\"metrics\":[{}", of(i -> BLANKS + ",{}")),
                Arguments.of(
                        "labels of a sample",
                        sample + ",\"labels\":{\"a\":\"b\"",
                        of(i -> BLANKS + ",\"l" + i + "\":\"\"")),
                Arguments.of("buckets", sample + ",\"buckets\":{\"0\":\"1\"", of(i -> BLANKS + ",\"" + i + "\":\"1\"")),
                Arguments.of(
                        "quantiles", sample + ",\"quantiles\":{\"0\":\"1\"", of(i -> BLANKS + ",\"" + i + "\":\"1\"")),
                Arguments.of("one label of a sample", sample + ",\"labels\":{\"a\":\"", of(i -> LONG)),
                Arguments.of("one name of a label", sample + ",\"labels\":{\"", of(i -> LONG)),
                Arguments.of("fields of a metric", metric, of(i -> BLANKS + ",\"f" + i + "\":\"\"")),
                Arguments.of("help", metric + ",\"help\":\"", of(i -> LONG)),
                Arguments.of("one name of a metric", GROUPS + ",\"", of(i -> LONG)),
                Arguments.of(
                        "labels",
                        "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"a\"",
                        of(i -> BLANKS + ",\"l" + i + "\":\"\"")),
                Arguments.of("a list in a field", GROUPS + ",\"last_push_successful\":[1", of(i -> BLANKS + ",1")),
                Arguments.of("blanks in a group", GROUPS, of(i -> " ".repeat(1_000))),
                Arguments.of("fields before the groups", "{\"status\":\"success\"", of(i -> ",\"" + i + LONG + "\":0")),
                Arguments.of("fields after the groups", GROUPS + "}]", of(i -> ",\"" + i + LONG + "\":0")),
                Arguments.of("an error", "{\"status\":\"error\",\"error\":\"", of(i -> LONG)));
    }

    private static IntFunction<String> of(IntFunction<String> repeated) {
        return repeated;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessGroups")
    @Timeout(20)
    void endlessGroupIsAFailure(String what, String begin, IntFunction<String> repeated) {
        assertThatThrownBy(() -> read(groups(Optional::of), endless(begin, repeated)))
                .as(what)
                .isInstanceOf(MalformedResponseException.class)
                .message()
                .matches(text -> text.contains("more than 16 MiB") || text.contains("check the option url"))
                .hasSizeLessThan(300);
    }

    @Test
    @Timeout(20)
    void manyGroupsMayExceedTheSizeOfOne() throws Exception {
        String metric = GROUP + ",\"m\":{\"help\":\"" + LONG + "\",\"metrics\":[{\"value\":\"1\"}]}}";

        List<Integer> read = read(
                groups(group -> Optional.of(group.metrics().size())),
                new Repeated("{\"status\":\"success\",\"data\":[" + metric, i -> ',' + metric, 3_000, "]}"));

        assertThat(read).hasSize(3_001).containsOnly(1);
    }

    static Stream<Arguments> endlessStatuses() {
        return Stream.of(
                Arguments.of("fields", STATUS, of(i -> ",\"f" + i + "\":\"\"")),
                Arguments.of("equal fields", STATUS, of(i -> ",\"f\":\"\"")),
                Arguments.of("maps", STATUS, of(i -> ",\"f" + i + "\":{}")),
                Arguments.of("nested maps", STATUS, of(i -> ",\"f\":{\"a\":1")),
                Arguments.of("one text", STATUS + ",\"c\":\"", of(i -> LONG)),
                Arguments.of("one name", STATUS + ",\"", of(i -> LONG)),
                Arguments.of("one number", STATUS + ",\"c\":1", of(i -> "1".repeat(100))),
                Arguments.of("blanks", STATUS, of(i -> " ".repeat(1_000))),
                Arguments.of("fields after it", STATUS + "}}", of(i -> ",\"f" + i + "\":[0]")),
                Arguments.of("an error", "{\"status\":\"error\",\"error\":\"", of(i -> LONG)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessStatuses")
    @Timeout(20)
    void endlessStatusIsAFailure(String what, String begin, IntFunction<String> repeated) {
        assertThatThrownBy(() -> read(new StatusReader(), endless(begin, repeated)))
                .as(what)
                .isInstanceOf(MalformedResponseException.class)
                .message()
                .matches(text -> text.contains("more than 256 KiB") || text.contains("check the option url"))
                .hasSizeLessThan(300);
    }

    @Test
    void statusMayHaveManyFlags() throws Exception {
        Map<String, Object> status =
                read(new StatusReader(), new Repeated(STATUS, i -> ",\"flag" + i + "\":\"value\"", 5_000, "}}}"));

        assertThat(status).extractingByKey("flags").asInstanceOf(MAP).hasSize(5_001);
    }

    /** Deeply nested unexpected values must not overflow the stack. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[", "{\"a\":["})
    void deeplyNestedResponseIsAFailure(String nested) {
        String deep = nested.repeat(30_000 / nested.length());
        for (String begin :
                List.of("{\"status\":\"success\",\"data\":", "{\"x\":", STATUS + ",\"x\":", GROUPS + ",\"x\":")) {
            for (ResponseParser<?> reader : List.of(new StatusReader(), groups(Optional::of))) {
                assertThatThrownBy(() -> read(reader, new ByteArrayInputStream((begin + deep).getBytes(UTF_8))))
                        .isInstanceOf(IOException.class)
                        .message()
                        .hasSizeLessThan(300);
            }
        }
    }

    /** A gateway that returns different names each time must not fill the heap. */
    @Test
    @Timeout(60)
    void namesAreNotKept() throws Exception {
        List<Long> used = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            String prefix = ",\"m" + round + '_';
            String metric = "x".repeat(40_000) + "\":{\"metrics\":[]}";
            read(
                    groups(group -> Optional.empty()),
                    new Repeated(
                            "{\"status\":\"success\",\"data\":[" + GROUP + '}',
                            i -> ',' + GROUP + prefix + i + metric + '}',
                            1_500,
                            "]}"));
            System.gc();
            used.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        assertThat(used.get(1) - used.get(0)).isLessThan(MAX_HEAP_BYTES);
    }
}
