package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.ResponseText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the groups that a filter selects, one after the other, each by its exact key.
 *
 * <p>A gateway deletes a group whatever has become of it since it was listed. So it is looked at again before: a group that was
 * pushed to meanwhile is left alone. A look tells of all groups, so it holds for the groups that are deleted next, but for no
 * longer than it took.
 */
public final class GroupSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(GroupSweeper.class);

    private final GroupFilter filter;
    private final Place place;
    private final List<GatewayGroup> deleted = new ArrayList<>();

    private Set<GatewayGroup.Look> seen = Set.of();
    private long seenUntil;
    private boolean hasLooked;

    /** The gateways that are swept. */
    public interface Place {

        /**
         * Lists the groups that a filter selects.
         *
         * @param as what is kept of each
         */
        CompletionStage<List<GatewayGroup>> groups(GroupFilter filter, UnaryOperator<GatewayGroup> as);

        /** Deletes a group that was listed. */
        CompletionStage<PushResponse> delete(GatewayGroup group);
    }

    /** Prepares to sweep once. */
    public GroupSweeper(GroupFilter filter, Place place) {
        this.filter = filter;
        this.place = place;
    }

    /**
     * Sweeps, on the calling thread.
     *
     * @return the groups that were deleted, as they were listed
     * @throws PushgatewayException if the gateways could not be read or one of them did not delete a group, or the thread was
     *     interrupted: the message tells how far it has come; nothing is done after it
     */
    public List<GatewayGroup> run() throws PushgatewayException {
        String progress = " has deleted nothing: ";
        try {
            List<GatewayGroup> groups = Futures.await(place.groups(filter, UnaryOperator.identity()));
            LOG.debug("Sweeping {} groups {}", groups.size(), filter);
            for (GatewayGroup group : groups) {
                progress = " ended at " + group + ", after " + deleted.size() + " of " + groups.size()
                        + " were deleted; those after it are as they were: ";
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (isAsListed(group)) {
                    Futures.await(place.delete(group));
                    deleted.add(group);
                    LOG.debug("Swept {} of {}, {} of {}", group, group.gateway(), deleted.size(), groups.size());
                } else {
                    LOG.debug("Left {} of {} alone: it was pushed to, or is gone", group, group.gateway());
                }
            }
            return List.copyOf(deleted);
        } catch (PushgatewayException e) {
            throw failure(progress + e.getMessage(), e.getAttempts(), e.getStatusCode(), e.getResponseBody(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(progress + "it was interrupted", 0, 0, "", e);
        }
    }

    /** @param reason how far the sweep came, and why no further, as the rest of a sentence */
    private PushgatewayException failure(
            String reason, int attempts, int statusCode, String responseBody, Exception cause) {
        String groups = ResponseText.of(filter.toString());
        String subject = " of the groups " + groups;
        String sentence = ResponseText.of(subject + reason);
        return PushgatewayException.of(
                "sweep",
                groups,
                subject,
                ' ' + sentence.substring(Math.min(sentence.length(), subject.length())),
                attempts,
                statusCode,
                responseBody,
                cause);
    }

    private boolean isAsListed(GatewayGroup group) throws PushgatewayException, InterruptedException {
        if (!hasLooked || System.nanoTime() - seenUntil > 0) {
            long begin = System.nanoTime();
            seen = Futures.await(place.groups(filter, GatewayGroup::withoutMetrics)).stream()
                    .map(GatewayGroup::look)
                    .collect(Collectors.toSet());
            long end = System.nanoTime();
            seenUntil = end + (end - begin);
            hasLooked = true;
        }
        return seen.contains(group.look());
    }
}
