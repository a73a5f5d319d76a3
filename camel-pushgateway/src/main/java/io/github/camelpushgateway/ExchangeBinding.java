package io.github.camelpushgateway;

import io.github.camelpushgateway.client.GatewayUrl;
import io.github.camelpushgateway.client.GroupingKey;
import io.github.camelpushgateway.client.InstanceAddress;
import io.github.camelpushgateway.client.PushOperation;
import io.github.camelpushgateway.client.PushRequest;
import io.github.camelpushgateway.client.PushResponse;
import io.github.camelpushgateway.client.PushgatewayException;
import io.github.camelpushgateway.metrics.LabelPairs;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Makes a request of an exchange, and writes the answer back. The body is only read. */
final class ExchangeBinding {

    private static final String INSTANCE = "instance";

    private final PushgatewayConfiguration configuration;
    private final GatewayConfiguration gateway;
    private final String job;
    private final MetricsBinding metrics;

    /** Found when it is first needed, and then kept: a gateway whose host is not known yet must not keep a route from starting. */
    @Nullable
    private volatile String instance;

    ExchangeBinding(PushgatewayEndpoint endpoint) {
        configuration = endpoint.getConfiguration();
        gateway = endpoint.getGateway();
        job = endpoint.getJob();
        metrics = new MetricsBinding(configuration);
    }

    /** @throws PushgatewayException if there is nothing legal to send: nothing was sent then */
    PushRequest request(Exchange exchange) throws PushgatewayException {
        Instant arrived = Instant.now();
        Message message = exchange.getMessage();
        // of an earlier push: it says nothing of this one
        message.removeHeader(PushgatewayConstants.RESPONSE_CODE);
        String operationName = header(message, PushgatewayConstants.OPERATION, configuration.getOperation());
        String jobName = header(message, PushgatewayConstants.JOB, job);
        String group = "{job=\"" + jobName + "\"}";
        try {
            GroupingKey key = GroupingKey.of(jobName, keyLabels(message));
            group = key.toString();
            PushOperation operation = PushOperation.parse(operationName);
            return operation == PushOperation.DELETE
                    ? PushRequest.delete(key)
                    : notEmpty(new PushRequest(operation, key, metrics.read(message, arrived)));
        } catch (IllegalArgumentException e) {
            throw PushgatewayException.refused(operationName, group, e);
        } catch (Throwable e) { // an exchange must come back, whatever a collector or a bean has thrown
            throw PushgatewayException.unreadable(operationName, group, e);
        }
    }

    void respond(Exchange exchange, PushResponse response) {
        exchange.getMessage().setHeader(PushgatewayConstants.RESPONSE_CODE, response.statusCode());
    }

    private Map<String, String> keyLabels(Message message) {
        Object header = message.getHeader(PushgatewayConstants.GROUPING_KEY);
        if (header != null) {
            return LabelPairs.read(header);
        }
        Map<String, String> labels = LabelPairs.read(configuration.getGroupingKey());
        if (configuration.isInstanceIp() && !labels.containsKey(INSTANCE)) {
            labels = new LinkedHashMap<>(labels);
            labels.put(INSTANCE, instance());
        }
        return labels;
    }

    private String instance() {
        String known = instance;
        if (known == null) {
            try {
                known = InstanceAddress.towards(GatewayUrl.parse(gateway.getUrl()));
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            instance = known;
        }
        return known;
    }

    private PushRequest notEmpty(PushRequest request) {
        if (request.isEmpty() && !configuration.isAllowEmpty()) {
            throw new IllegalArgumentException("there is no metric to send"
                    + (request.operation() == PushOperation.PUSH ? ", and an empty push would clear the group" : "")
                    + "; give a body or metricName, or set allowEmpty=true if that is meant");
        }
        return request;
    }

    private static String header(Message message, String name, Object option) {
        String header = message.getHeader(name, String.class);
        return header == null ? option.toString() : header;
    }
}
