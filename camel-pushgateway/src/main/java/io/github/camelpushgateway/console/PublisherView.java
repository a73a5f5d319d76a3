package io.github.camelpushgateway.console;

import io.github.camelpushgateway.publisher.Publication;
import io.github.camelpushgateway.publisher.PublisherLifecycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.LifecycleStrategy;

/** Console view of one publisher, without secrets. */
final class PublisherView {

    private PublisherView() {}

    /** Returns the views of all publishers of a context that are not stopped. */
    static List<Map<String, Object>> all(CamelContext context) {
        List<Map<String, Object>> views = new ArrayList<>();
        for (LifecycleStrategy each : context.getLifecycleStrategies()) {
            if (each instanceof PublisherLifecycle publisher) {
                Publication publication = publisher.publication();
                if (publication != null) {
                    views.add(of(publication));
                }
            }
        }
        return views;
    }

    private static Map<String, Object> of(Publication publication) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("uri", publication.group().toString());
        view.put("gateway", publication.group().gateway());
        if (publication.interval() != null) {
            view.put("intervalSeconds", publication.interval().toMillis() / 1000.0);
            view.put("failedPushes", publication.failures());
        }
        view.put("onStop", publication.onStop().toString());
        return view;
    }
}
