package io.github.camelpushgateway.client.query;

import com.fasterxml.jackson.core.JsonToken;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.client.http.ClockException;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ResponseParser;
import io.github.camelpushgateway.metrics.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the answer to {@code GET /api/v1/metrics}, group by group, so that what is not kept of one is gone when the next one
 * comes.
 *
 * @param <T> what is kept of a group
 */
public final class GroupReader<T> implements ResponseParser<List<T>> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);

    /** Bounds the memory of a listing. */
    static final int MAX_GROUPS = 100_000;

    /** Bounds the memory of one group, whether it is kept or not. */
    private static final int MAX_GROUP_MIB = 16;

    private static final String TOO_LARGE = "the response has more than " + MAX_GROUP_MIB
            + " MiB for one group, which is the most that is read; push fewer metrics to a group, or delete it";

    private final GatewayUrl gateway;
    private final boolean byAge;
    private final Function<GatewayGroup, Optional<T>> keep;

    /**
     * @param byAge whether the ages of groups decide what is kept
     * @param keep is given each group, and returns what is kept of it
     */
    public GroupReader(GatewayUrl gateway, boolean byAge, Function<GatewayGroup, Optional<T>> keep) {
        this.gateway = gateway;
        this.byAge = byAge;
        this.keep = keep;
    }

    @Override
    public List<T> read(GatewayResponse head, InputStream body) throws IOException {
        double now = now(head);
        List<T> kept = new ArrayList<>();
        SharedTexts texts = new SharedTexts();
        BoundedParts groups = new BoundedParts(body, MAX_GROUP_MIB << 20, TOO_LARGE);
        ApiResponse.read(groups, data -> {
            if (data.currentToken() == JsonToken.VALUE_NULL) {
                return; // how some versions write that there is no group
            }
            ApiResponse.elements(data, element -> {
                groups.next();
                GroupBuilder group = new GroupBuilder(texts);
                ApiResponse.fields(element, group::field);
                if (group.hasHiddenKey()) {
                    LOG.warn(
                            "{} holds a group with a metric that is called 'labels', which hides what the group is called."
                                    + " It is passed over; its samples have the labels {}. Delete it by its exact key",
                            gateway,
                            Excerpt.escaped(group.labelsOfSamples().toString()));
                } else {
                    Optional<T> selected = keep.apply(group.build(gateway.toString(), now));
                    if (selected.isPresent() && kept.size() == MAX_GROUPS) {
                        throw tooMany();
                    }
                    selected.ifPresent(kept::add);
                }
            });
        });
        return kept;
    }

    private static MalformedResponseException tooMany() {
        return new MalformedResponseException(
                "more than " + MAX_GROUPS + " of its groups are selected, which is the most that is listed; select"
                        + " fewer with a job pattern, groupingKey or staleAfter, or delete groups that are no longer needed",
                null);
    }

    /**
     * Returns the time by the gateway's own clock, which its times were taken from: in whole seconds, as HTTP has it.
     *
     * @throws ClockException if ages matter, and this time is not known or far from that of this machine: one of the clocks is wrong, and
     *     with it the ages of all groups
     */
    private double now(GatewayResponse head) throws ClockException {
        Instant here = Instant.now();
        Instant there;
        try {
            String date = head.headers().getOrDefault("Date", "");
            there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            if (byAge) {
                throw ClockException.noDate(here);
            }
            return here.toEpochMilli() / 1e3;
        }
        if (byAge && Duration.between(there, here).abs().compareTo(ClockException.MAX_DIFFERENCE) > 0) {
            throw ClockException.different(there, here);
        }
        return there.getEpochSecond();
    }
}
