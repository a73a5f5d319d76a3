package io.github.camelpushgateway.publisher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * Shutdown hook that keeps the JVM alive while its Camel context stops, until the last push is complete. A program may exit while another
 * thread stops the context, as Camel JBang does after {@code --max-messages}.
 */
final class ExitDelay extends Thread {

    private final CamelContext context;
    private final CountDownLatch ended = new CountDownLatch(1);

    private ExitDelay(CamelContext context) {
        super("PushgatewayPublisherExit");
        this.context = context;
    }

    /** Installs the hook. Has no effect if the JVM is already exiting: the thread that exits then waits for the stop itself. */
    static ExitDelay install(CamelContext context) {
        ExitDelay delay = new ExitDelay(context);
        try {
            Runtime.getRuntime().addShutdownHook(delay);
        } catch (IllegalStateException e) {
            delay.ended.countDown();
        }
        return delay;
    }

    /** Waits for the end of the publication, within the shutdown timeout of the context. */
    @Override
    @SuppressWarnings("ResultOfMethodCallIgnored") // the JVM exits in both cases
    public void run() {
        if (context.isStopping()) {
            ShutdownStrategy shutdown = context.getShutdownStrategy();
            long timeout = shutdown.getTimeUnit().toMillis(shutdown.getTimeout());
            try {
                ended.await(timeout, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the wait, and removes the hook. */
    void end() {
        if (ended.getCount() > 0) {
            ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(this);
            } catch (IllegalStateException e) {
                // the JVM is exiting
            }
        }
    }
}
