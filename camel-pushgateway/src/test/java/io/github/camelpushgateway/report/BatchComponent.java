package io.github.camelpushgateway.report;

import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.camel.BatchConsumer;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Component whose consumer creates the exchanges of a batch when a test asks for them. */
final class BatchComponent extends DefaultComponent {

    @Nullable
    private volatile BatchDriver consumer;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                BatchDriver created = new BatchDriver(this, processor);
                consumer = created;
                return created;
            }
        };
    }

    /** Changes an exchange before it enters the route. */
    interface Preparation {
        void prepare(Exchange exchange);
    }

    /** Processes the exchange of a batch of two with the given index, on the thread of the test. */
    void process(int index, Preparation preparation) throws Exception {
        Objects.requireNonNull(consumer).process(index, preparation);
    }

    private static final class BatchDriver extends DefaultConsumer implements BatchConsumer {

        BatchDriver(Endpoint endpoint, Processor processor) {
            super(endpoint, processor);
        }

        void process(int index, Preparation preparation) throws Exception {
            Exchange exchange = createExchange(true);
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, 2);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == 1);
            preparation.prepare(exchange);
            createUoW(exchange);
            try {
                getProcessor().process(exchange);
            } finally {
                doneUoW(exchange);
            }
        }

        @Override
        public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {}

        @Override
        public int processBatch(Queue<Object> exchanges) {
            return 0;
        }

        @Override
        public boolean isBatchAllowed() {
            return true;
        }
    }
}
