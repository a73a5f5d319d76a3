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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader of the response to {@code GET /api/v1/metrics}. It reads group by group, so that the parts of a group that
 * are not kept use no memory when the next group is read.
 *
 * @param <T> the type of the kept part of a group
 */
public final class GroupReader<T> implements ResponseParser<List<T>> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);

    /** The maximum number of kept groups, which limits the memory of a listing. */
    static final int MAX_GROUPS = 100_000;

    /** The maximum size of one group, kept or not, which limits its memory. */
    private static final int MAX_GROUP_MIB = 16;

    private static final String TOO_LARGE = "the response has more than " + MAX_GROUP_MIB
            + " MiB for one group, the maximum size; push fewer metrics to a group, or delete it";

    private final GatewayUrl gateway;
    private final boolean byAge;
    private final Function<GatewayGroup, Optional<T>> keep;
    private final Predicate<Map<String, String>> mayNotSkip;

    /**
     * Creates a reader.
     *
     * @param gateway the gateway
     * @param byAge whether the selection depends on the ages of groups
     * @param keep receives each group, and returns the part to keep, or empty
     */
    public GroupReader(GatewayUrl gateway, boolean byAge, Function<GatewayGroup, Optional<T>> keep) {
        this(gateway, byAge, keep, labels -> false);
    }

    /**
     * Creates a reader that fails if it cannot read a group.
     *
     * @param mayNotSkip receives the labels of a sample of a group whose labels are hidden, and returns whether the read
     *     fails. Otherwise the group is skipped
     */
    public GroupReader(
            GatewayUrl gateway,
            boolean byAge,
            Function<GatewayGroup, Optional<T>> keep,
            Predicate<Map<String, String>> mayNotSkip) {
        this.gateway = gateway;
        this.byAge = byAge;
        this.keep = keep;
        this.mayNotSkip = mayNotSkip;
    }

    @Override
    public List<T> read(GatewayResponse head, InputStream body) throws IOException {
        double now = now(head);
        List<T> kept = new ArrayList<>();
        SharedTexts texts = new SharedTexts();
        BoundedParts groups = new BoundedParts(body, MAX_GROUP_MIB << 20, TOO_LARGE);
        ApiResponse.read(groups, data -> {
            if (data.currentToken() == JsonToken.VALUE_NULL) {
                // some versions return null if there are no groups
                return;
            }
            ApiResponse.elements(data, element -> {
                groups.next();
                GroupBuilder group = new GroupBuilder(texts);
                ApiResponse.fields(element, group::field);
                if (group.hasHiddenKey()) {
                    if (mayNotSkip.test(group.labelsOfSamples())) {
                        throw hidden();
                    }
                    LOG.warn(
                            "{} contains a group with a metric named 'labels', which hides the labels of the group."
                                    + " The group is skipped; its samples have the labels {}. Delete it by its exact key",
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

    private static MalformedResponseException hidden() {
        return new MalformedResponseException(
                "the group has a metric named 'labels', which hides the labels of the group; delete the group, and use"
                        + " another name for this metric",
                null);
    }

    private static MalformedResponseException tooMany() {
        return new MalformedResponseException(
                "more than " + MAX_GROUPS + " of its groups are selected, the maximum number; select"
                        + " fewer with a job pattern, groupingKey or staleAfter, or delete groups that are no longer needed",
                null);
    }

    /**
     * Returns the time of the gateway's clock, by which it recorded its times, in whole seconds as in HTTP.
     *
     * @throws ClockException if ages matter, and this time is unknown or differs too much from that of this machine;
     *     one of the clocks is then wrong, and so are the ages of all groups
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
