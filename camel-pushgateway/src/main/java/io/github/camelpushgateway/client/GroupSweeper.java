package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.ResponseText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sweep: it deletes the groups that a filter selects, one after the other, each by its exact key.
 *
 * <p>A gateway deletes a group even if it was pushed to after it was listed. So the groups are listed again before a
 * deletion, and a group that was pushed to in the meantime is not deleted. Such a snapshot contains all groups, so it
 * is used for the next deletions as well, but for no longer than it took to read it.
 */
public final class GroupSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(GroupSweeper.class);

    private final GroupFilter filter;
    private final GatewayPool gateways;
    private final List<GatewayGroup> deleted = new ArrayList<>();

    private Set<GatewayGroup.Revision> snapshot = Set.of();
    private long snapshotValidUntil;
    private boolean hasSnapshot;

    /**
     * Creates a sweep, to be run once.
     *
     * @param filter selects the groups
     * @param gateways the gateways to sweep
     */
    public GroupSweeper(GroupFilter filter, GatewayPool gateways) {
        this.filter = filter;
        this.gateways = gateways;
    }

    /**
     * Sweeps on the calling thread.
     *
     * @return the deleted groups, as they were listed
     * @throws PushgatewayException if the groups cannot be listed, a group cannot be deleted, or the thread is
     *     interrupted. The message reports the progress. The sweep ends then
     */
    public List<GatewayGroup> run() throws PushgatewayException {
        String progress = " has deleted nothing: ";
        try {
            List<GatewayGroup> groups = Futures.await(gateways.groups(filter));
            LOG.debug("Sweeping {} groups {}", groups.size(), filter);
            for (GatewayGroup group : groups) {
                progress = " stopped at " + group + ", after " + deleted.size() + " of " + groups.size()
                        + " groups were deleted; the remaining groups are unchanged: ";
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (isAsListed(group)) {
                    Futures.await(gateways.delete(group));
                    deleted.add(group);
                    LOG.debug("Swept {} of {}, {} of {}", group, group.gateway(), deleted.size(), groups.size());
                } else {
                    LOG.debug("Skipped {} of {}: it was pushed to or deleted in the meantime", group, group.gateway());
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

    /**
     * Returns the exception for a sweep that ended early.
     *
     * @param reason the progress and the problem, as the rest of a sentence
     */
    private PushgatewayException failure(
            String reason, int attempts, int statusCode, String responseBody, Exception cause) {
        String groups = ResponseText.of(filter.toString());
        String ofGroups = " of the groups " + groups;
        String sentence = ResponseText.of(ofGroups + reason);
        return PushgatewayException.of(
                "sweep",
                groups,
                ofGroups,
                ' ' + sentence.substring(Math.min(sentence.length(), ofGroups.length())),
                attempts,
                statusCode,
                responseBody,
                cause);
    }

    private boolean isAsListed(GatewayGroup group) throws PushgatewayException, InterruptedException {
        if (!hasSnapshot || System.nanoTime() - snapshotValidUntil > 0) {
            long begin = System.nanoTime();
            snapshot = Futures.await(gateways.groupsForComparison(filter)).stream()
                    .map(GatewayGroup::revision)
                    .collect(Collectors.toSet());
            long end = System.nanoTime();
            snapshotValidUntil = end + (end - begin);
            hasSnapshot = true;
        }
        return snapshot.contains(group.revision());
    }
}
