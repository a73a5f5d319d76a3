package io.github.camelpushgateway.examples;

import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;

/** Routes that run on all nodes of a cluster, and work on one of them: the one that has the lock. */
public class ClusteredRoute extends RouteBuilder {

    @Override
    public void configure() throws Exception {
        FileLockClusterService cluster = new FileLockClusterService();
        // a folder that all nodes see
        cluster.setRoot(getContext().resolvePropertyPlaceholders("{{cluster.locks}}"));
        // how soon another node goes on
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
