package io.github.camelpushgateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server in a separate process that receives pushes, and the samples that it has stored. */
public interface Receiver extends AutoCloseable {

    /** The label with the name of a metric. */
    String NAME = "__name__";

    /**
     * A stored sample.
     *
     * @param labels all labels, including {@link #NAME}
     */
    record Sample(Map<String, String> labels, double value) {

        public String name() {
            return labels.getOrDefault(NAME, "");
        }
    }

    /** Returns the option url for this receiver. */
    String url();

    /** Returns all stored samples of a job. A receiver with a history returns several samples of a series. */
    List<Sample> samples(String job) throws IOException, InterruptedException;

    @Override
    void close();

    /** Starts a Pushgateway with its admin API, if this version is available. */
    static Optional<Receiver> pushgateway(String version) {
        try {
            return Optional.of(new OfPushgateway(Pushgateway.start(
                    PushgatewaySetup.plain().withVersion(version).withFlag("--web.enable-admin-api"))));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Starts VictoriaMetrics, if it is on the PATH. */
    static Optional<Receiver> victoriaMetrics() throws IOException {
        Path program = LocalProgram.find("victoria-metrics").orElse(null);
        return program == null ? Optional.empty() : Optional.of(VictoriaMetrics.start(program, null));
    }

    /** Starts vmagent, which forwards the samples to VictoriaMetrics, if both are on the PATH. */
    static Optional<Receiver> vmagent() throws IOException {
        Path program = LocalProgram.find("victoria-metrics").orElse(null);
        Path agent = LocalProgram.find("vmagent").orElse(null);
        return program == null || agent == null ? Optional.empty() : Optional.of(VictoriaMetrics.start(program, agent));
    }

    /** A Pushgateway. */
    record OfPushgateway(Pushgateway gateway) implements Receiver {

        @Override
        public String url() {
            return gateway.url();
        }

        @Override
        public List<Sample> samples(String job) {
            List<Sample> samples = new ArrayList<>();
            for (PushgatewayGroup group : gateway.groups()) {
                if (job.equals(group.labels().get("job"))) {
                    group.families()
                            .forEach((name, family) -> family.samples().forEach(sample -> {
                                Map<String, String> labels = new TreeMap<>(sample.labels());
                                labels.put(NAME, name);
                                samples.add(new Sample(labels, sample.number()));
                            }));
                }
            }
            return samples;
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /**
     * VictoriaMetrics.
     *
     * @param storage the process that stores the samples
     * @param frontend the process that receives the pushes, which may be the same
     */
    record VictoriaMetrics(LocalProgram storage, LocalProgram frontend) implements Receiver {

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        private static VictoriaMetrics start(Path program, @Nullable Path agent) throws IOException {
            LocalProgram storage = LocalProgram.start(
                    program,
                    (port, folder) ->
                            List.of("-httpListenAddr=127.0.0.1:" + port, "-storageDataPath=" + folder.resolve("data")));
            if (agent == null) {
                return new VictoriaMetrics(storage, storage);
            }
            try {
                return new VictoriaMetrics(
                        storage,
                        LocalProgram.start(
                                agent,
                                (port, folder) -> List.of(
                                        "-httpListenAddr=127.0.0.1:" + port,
                                        "-remoteWrite.url=" + storage.url() + "/api/v1/write",
                                        "-remoteWrite.tmpDataPath=" + folder.resolve("data"),
                                        "-remoteWrite.flushInterval=50ms",
                                        // the order of pushes is kept
                                        "-remoteWrite.queues=1")));
            } catch (IOException e) {
                storage.close();
                throw e;
            }
        }

        @Override
        public String url() {
            return frontend.url() + "/api/v1/import/prometheus";
        }

        @Override
        public List<Sample> samples(String job) throws IOException, InterruptedException {
            // makes the received samples visible
            get("/internal/force_flush");
            String selector = "{job=\"" + job.replace("\"", "\\\"") + "\"}";
            List<Sample> samples = new ArrayList<>();
            ObjectMapper json = new ObjectMapper();
            for (String line : get("/api/v1/export?match[]=" + URLEncoder.encode(selector, StandardCharsets.UTF_8))
                    .lines()
                    .toList()) {
                JsonNode series = json.readTree(line);
                Map<String, String> labels = new TreeMap<>();
                series.path("metric")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asText()));
                series.path("values").forEach(value -> samples.add(new Sample(labels, value.asDouble())));
            }
            return samples;
        }

        private String get(String path) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(storage.url() + path.replace("[", "%5B").replace("]", "%5D")))
                    .build();
            return CLIENT.send(request, BodyHandlers.ofString()).body();
        }

        @Override
        public void close() {
            frontend.close();
            storage.close();
        }
    }
}
