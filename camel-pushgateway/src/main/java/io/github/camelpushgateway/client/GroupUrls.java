package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of the URLs of groups. Parsing a URL takes longer than writing a small push. */
final class GroupUrls {

    /** The maximum length of a cached URL. Longer ones would take too much memory. */
    private static final int MAX_LENGTH = 1_000;

    /**
     * The maximum number of cached URLs. Each takes up to a few KiB. An application with many more groups rarely pushes
     * to the same ones repeatedly.
     */
    private static final int MAX_CACHED = 100;

    private final GatewayUrl gateway;
    private final Map<GroupingKey, URI> urls = new ConcurrentHashMap<>();

    GroupUrls(GatewayUrl gateway) {
        this.gateway = gateway;
    }

    /** Returns the URL of a group. */
    URI of(GroupingKey group) {
        URI known = urls.get(group);
        if (known != null) {
            return known;
        }
        URI url = gateway.resolve(group.path());
        if (url.toString().length() <= MAX_LENGTH) {
            if (urls.size() >= MAX_CACHED) {
                urls.clear();
            }
            urls.put(group, url);
        }
        return url;
    }
}
