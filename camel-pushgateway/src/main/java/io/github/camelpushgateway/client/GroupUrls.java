package io.github.camelpushgateway.client;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The URLs of groups, which are parsed once for many pushes: that takes longer than to write a small push. */
final class GroupUrls {

    /** More groups are those of an application that makes a name for each run, say, and does not come back to them. */
    private static final int MAX_KEPT = 1_000;

    private final GatewayUrl gateway;
    private final Map<GroupingKey, URI> urls = new ConcurrentHashMap<>();

    GroupUrls(GatewayUrl gateway) {
        this.gateway = gateway;
    }

    URI of(GroupingKey group) {
        URI known = urls.get(group);
        if (known != null) {
            return known;
        }
        if (urls.size() >= MAX_KEPT) {
            urls.clear();
        }
        URI url = gateway.resolve(group.path());
        urls.put(group, url);
        return url;
    }
}
