package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The URLs of groups, which are parsed once for many pushes: that takes longer than to write a small push. */
final class GroupUrls {

    /** A longer one would take too much memory. */
    private static final int MAX_LENGTH = 1_000;

    /** Each takes up to a few KiB. An application with many more groups does not push to the same ones all the time. */
    private static final int MAX_KEPT = 100;

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
        URI url = gateway.resolve(group.path());
        if (url.toString().length() <= MAX_LENGTH) {
            if (urls.size() >= MAX_KEPT) {
                urls.clear();
            }
            urls.put(group, url);
        }
        return url;
    }
}
