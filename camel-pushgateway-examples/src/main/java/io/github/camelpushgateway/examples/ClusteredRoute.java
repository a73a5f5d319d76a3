package io.github.camelpushgateway.examples;

import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;

/** Routes for a cluster. All nodes have them, but they are active only on the node that holds the lock. */
public class ClusteredRoute extends RouteBuilder {

    @Override
    public void configure() throws Exception {
        FileLockClusterService cluster = new FileLockClusterService();
        // a folder that all nodes share
        cluster.setRoot(getContext().resolvePropertyPlaceholders("{{cluster.locks}}"));
        // how often a node without the lock tries to acquire it
        cluster.setAcquireLockInterval(1, TimeUnit.SECONDS);
        getContext().addService(cluster);

        from("master:sweep:timer:sweep?period={{stale.period}}")
                .routeId("sweep")
                .to("pushgateway:tmp-*?operation=sweep&staleAfter={{stale.after}}")
                .log("deleted ${body.size} groups: ${body}");

        from("master:alert:pushgateway:nightly-*?staleAfter={{stale.after}}&newlyStaleOnly=true&delay={{stale.period}}")
                .routeId("alert")
                .setBody(simple("${body.job} has not reported for ${body.age} seconds"))
                .to("{{stale.alerts}}");
    }
}
