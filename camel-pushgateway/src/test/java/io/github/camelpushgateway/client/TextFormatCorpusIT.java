package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelpushgateway.metrics.Corpus;
import io.github.camelpushgateway.metrics.CorpusBody;
import io.github.camelpushgateway.metrics.Verdict;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.GatewayMetrics;
import io.github.camelpushgateway.testing.LineEnds;
import io.github.camelpushgateway.testing.RawAndClientPushes;
import io.github.camelpushgateway.testing.RawAndClientPushes.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old and new gateways and the client have the expected results for every body of the corpus. */
class TextFormatCorpusIT {

    private static final List<CorpusBody> BODIES = Corpus.bodies();

    @ParameterizedTest
    @ValueSource(strings = {"1.5.1", "1.11.2"})
    void resultsAreThoseOfTheCorpus(String version) {
        Optional<Pushgateway> gateway = gateway(version);
        assumeThat(gateway).as("a Pushgateway " + version + " is available").isPresent();
        List<String> disagreements = new ArrayList<>();
        try (RawAndClientPushes ways = new RawAndClientPushes(gateway.orElseThrow())) {
            for (CorpusBody body : BODIES) {
                Verdict verdict = body.of(version);
                for (String disagreement : compare(ways, body, verdict)) {
                    disagreements.add(body + " (" + verdict + "): " + disagreement);
                }
            }
        }
        assertThat(disagreements).isEmpty();
    }

    private static Optional<Pushgateway> gateway(String version) {
        try {
            return Optional.of(Pushgateway.start(PushgatewaySetup.plain().withVersion(version)));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static List<String> compare(RawAndClientPushes ways, CorpusBody body, Verdict verdict) {
        List<String> found = new ArrayList<>();
        Outcome raw = ways.raw(body.bytes());
        if (raw.accepted() != verdict.gatewayAccepts()) {
            found.add("unexpected result of the gateway: " + raw);
        }
        Outcome ours = ways.ours(body.bytes());
        if (ours.accepted() != verdict.clientAccepts()) {
            found.add("unexpected result of the client: " + ours);
        }
        if (!ours.accepted() && !ours.byClient()) {
            found.add("the gateway refuses the push of the client: " + ours);
        }
        Outcome model = verdict == Verdict.TOLERATE || verdict == Verdict.REPAIR
                ? ways.raw(LineEnds.normalized(body.bytes()))
                : raw;
        if (ours.accepted() && model.accepted() && !haveSameSeries(ours.series(), model.series(), verdict)) {
            found.add("the gateway exposes " + ours.series() + " instead of " + model.series());
        }
        return found;
    }

    private static boolean haveSameSeries(Set<String> ours, Set<String> raw, Verdict verdict) {
        return verdict == Verdict.REPAIR ? GatewayMetrics.differByLostCounts(ours, raw) : ours.equals(raw);
    }
}
