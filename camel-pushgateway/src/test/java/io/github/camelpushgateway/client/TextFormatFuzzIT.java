package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.metrics.Corpus;
import io.github.camelpushgateway.metrics.CorpusBody;
import io.github.camelpushgateway.metrics.FuzzRun;
import io.github.camelpushgateway.metrics.Mutations;
import io.github.camelpushgateway.metrics.Verdict;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.BothWays;
import io.github.camelpushgateway.testing.BothWays.Outcome;
import io.github.camelpushgateway.testing.GatewayMetrics;
import io.github.camelpushgateway.testing.LineEnds;
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
 * Whatever the bytes are, a gateway and the client agree on them, but for what the corpus says: the client mends ends of
 * lines, and refuses for the reasons for which it refuses bodies of the corpus.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextFormatFuzzIT {

    /** Gateways have these names for themselves, so the bodies of their kin do not come here. */
    private static final int LARGE = 2_000;

    /** A gateway may take half a minute to say in 400 megabytes that 50 kilobytes hold duplicates. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** Older gateways take no such escape in a HELP. */
    private static final Pattern ESCAPED_QUOTE = Pattern.compile("#[ \t]*HELP[^\n]*\\\\\"");

    private final List<CorpusBody> bodies =
            Corpus.bodies().stream().filter(body -> body.bytes().length < LARGE).toList();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private int takenByBoth;

    private BothWays ways;
    private Set<String> reasons;

    @BeforeAll
    void start() {
        ways = new BothWays(Pushgateway.start());
        reasons = new TreeSet<>();
        for (CorpusBody body : bodies) {
            if (body.ofNew() == Verdict.STRICTER || body.ofOld() == Verdict.STRICTER) {
                reasons.add(kind(ways.ours(body.bytes()).refusal()));
            }
        }
    }

    @AfterAll
    void stop() {
        ways.close();
    }

    @Test
    void gatewayAndClientAgreeOnEveryBody() throws InterruptedException {
        FuzzRun.of(new Mutations(bodies.stream().map(CorpusBody::bytes).toList()))
                .run(LONGEST, this::examine);

        System.out.println(takenByBoth + " bodies were taken by both; the client refused what the gateway took:");
        refusals.forEach((kind, count) -> System.out.println("  " + count + " times: " + kind));
        assertThat(faults).isEmpty();
    }

    private void examine(byte[] body) {
        Outcome ours = ways.ours(body);
        Outcome raw = ways.raw(LineEnds.mended(body));
        if (ours.taken() && raw.taken()) {
            takenByBoth++;
            if (!GatewayMetrics.differByLostCounts(ours.series(), raw.series())) {
                fault("the series differ", body);
            }
        } else if (ours.taken()) {
            if (!ESCAPED_QUOTE.matcher(new String(body, UTF_8)).find()) {
                fault("we take what the gateway refuses: " + kind(raw.refusal()), body);
            }
        } else if (!ours.byUs()) {
            fault("we send what the gateway refuses: " + kind(ours.refusal()), body);
        } else if (raw.taken()) {
            String kind = kind(ours.refusal());
            refusals.merge(kind, 1, Integer::sum);
            if (!reasons.contains(kind)) {
                fault("we refuse what the gateway takes: " + kind, body);
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

    /** A message, less all that is of its body. */
    private static String kind(String message) {
        return message.replaceFirst("^line \\d+, column \\d+: ", "")
                .replaceFirst("consists of .*", "consists of others")
                .replaceAll("'[^']*'|\"[^\"]*\"|\\{.*}|\\d+", "...");
    }
}
