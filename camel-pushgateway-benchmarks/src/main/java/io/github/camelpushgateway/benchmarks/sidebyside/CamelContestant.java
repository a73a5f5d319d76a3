package io.github.camelpushgateway.benchmarks.sidebyside;

import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Contestant that pushes through a Camel route. */
abstract class CamelContestant implements Contestant {

    private final CamelContext camel = new DefaultCamelContext();

    CamelContestant() {
        camel.start();
    }

    final void bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
    }

    /** Adds a route to the running context, and returns a push that sends an exchange through it. */
    final Push route(String name, RouteBuilder route, BodyFactory bodyFactory) throws Exception {
        camel.addRoutes(route);
        AsyncProducer producer = camel.getEndpoint("direct:" + name).createAsyncProducer();
        producer.start();
        return new AsyncPush() {
            @Override
            public void run(double value) throws Exception {
                Exchange exchange = exchange(value);
                producer.process(exchange);
                rethrow(exchange);
            }

            @Override
            public void start(double value, PushCallback callback) {
                Exchange exchange = exchange(value);
                producer.process(exchange, doneSync -> callback.completed(exchange.getException()));
            }

            private Exchange exchange(double value) {
                Exchange exchange = new DefaultExchange(camel);
                exchange.getMessage().setBody(bodyFactory.body(value));
                return exchange;
            }
        };
    }

    @Override
    public final Push none() throws Exception {
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:none").process(exchange -> exchange.getMessage().setBody(null));
            }
        };
        return route("none", route, value -> value);
    }

    private static void rethrow(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    /** Factory for the body of an exchange. */
    interface BodyFactory {
        Object body(double value);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
