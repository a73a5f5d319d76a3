package io.github.camelpushgateway.quarkus;

import io.github.camelpushgateway.PushgatewayPublisher;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.BeforeStart;

/** Registration of the publishers among the CDI beans. Quarkus would never create these beans, because no bean refers to them. */
public class PublisherBeans {

    /**
     * Registers each publisher with the Camel context, before the context starts. This event of camel-main costs nothing later. For
     * an observer of a Camel event, Camel Quarkus would add a notifier to the context.
     */
    void register(@Observes BeforeStart start, @Any Instance<PushgatewayPublisher> publishers) {
        CamelContext context = start.getCamelContext(CamelContext.class);
        publishers.forEach(publisher -> publisher.setCamelContext(context));
    }
}
