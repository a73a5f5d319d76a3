package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import java.util.Collection;

/** The clients of the JVM. */
public interface Writers {

    /** A client. */
    interface Writer {

        /**
         * Returns whether a request to the group may be in flight.
         *
         * @param except a client whose requests do not count
         */
        boolean isBusy(GroupingKey group, Object except);
    }

    /** Returns the clients with requests to the group that may be in flight. */
    Collection<Writer> busy(GatewayUrl gateway, GroupingKey group);
}
