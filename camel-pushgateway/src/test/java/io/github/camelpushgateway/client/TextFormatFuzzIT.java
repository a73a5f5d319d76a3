package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.metrics.Corpus;
import io.github.camelpushgateway.metrics.CorpusBody;
import io.github.camelpushgateway.metrics.FuzzRun;
import io.github.camelpushgateway.metrics.Mutations;
import io.github.camelpushgateway.metrics.Verdict;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.GatewayMetrics;
import io.github.camelpushgateway.testing.LineEnds;
import io.github.camelpushgateway.testing.RawAndClientPushes;
import io.github.camelpushgateway.testing.RawAndClientPushes.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A gateway and the client agree on any bytes, with the exceptions of the corpus: the client tolerates line-end
 * deviations, and rejects bodies for the reasons that occur in the corpus.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextFormatFuzzIT {

    /** Larger bodies of the corpus are not used: they contain metric names that gateways use themselves. */
    private static final int LARGE = 2_000;

    /** A gateway may take half a minute to report, in 400 megabytes, the duplicates in 50 kilobytes. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** Older gateways do not accept this escape in a HELP. */
    private static final Pattern ESCAPED_QUOTE = Pattern.compile("#[ \t]*HELP[^\n]*\\\\\"");

    private final List<CorpusBody> bodies =
            Corpus.bodies().stream().filter(body -> body.bytes().length < LARGE).toList();
    private final Map<String, Integer> rejections = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private int acceptedByBoth;

    private RawAndClientPushes ways;
    private Set<String> reasons;

    @BeforeAll
    void start() {
        ways = new RawAndClientPushes(Pushgateway.start());
        reasons = new TreeSet<>();
        for (CorpusBody body : bodies) {
            if (body.newVerdict() == Verdict.STRICTER || body.oldVerdict() == Verdict.STRICTER) {
                reasons.add(kind(ways.ours(body.bytes()).refusal()));
            }
        }
    }

    @AfterAll
    void stop() {
        ways.close();
    }

    @Test
    void gatewayAndClientAgreeOnAllBodies() throws InterruptedException {
        FuzzRun.of(new Mutations(bodies.stream().map(CorpusBody::bytes).toList()))
                .run(LONGEST, this::examine);

        System.out.println(acceptedByBoth
                + " bodies were accepted by both; the client rejected bodies that the gateway accepted:");
        rejections.forEach((kind, count) -> System.out.println("  " + count + " times: " + kind));
        assertThat(faults).isEmpty();
    }

    private void examine(byte[] body) {
        Outcome ours = ways.ours(body);
        Outcome raw = ways.raw(LineEnds.normalized(body));
        if (ours.accepted() && raw.accepted()) {
            acceptedByBoth++;
            if (!GatewayMetrics.differByLostCounts(ours.series(), raw.series())) {
                fault("the series differ", body);
            }
        } else if (ours.accepted()) {
            if (!ESCAPED_QUOTE.matcher(new String(body, UTF_8)).find()) {
                fault("the client accepts a body that the gateway refuses: " + kind(raw.refusal()), body);
            }
        } else if (!ours.byClient()) {
            fault("the client sends a push that the gateway refuses: " + kind(ours.refusal()), body);
        } else if (raw.accepted()) {
            String kind = kind(ours.refusal());
            rejections.merge(kind, 1, Integer::sum);
            if (!reasons.contains(kind)) {
                fault("the client rejects a body that the gateway accepts: " + kind, body);
            }
        }
    }

    private void fault(String kind, byte[] body) {
        String shown = new String(body, UTF_8)
                .replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        faults.merge(kind, shown, (one, other) -> one.length() <= other.length() ? one : other);
    }

    /** Returns a message without the parts that come from the body. */
    private static String kind(String message) {
        return message.replaceFirst("^line \\d+, column \\d+: ", "")
                .replaceFirst("consists of .*", "consists of others")
                .replaceAll("'[^']*'|\"[^\"]*\"|\\{.*}|\\d+", "...");
    }
}
