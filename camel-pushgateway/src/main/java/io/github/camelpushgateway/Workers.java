package io.github.camelpushgateway;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what follows a push, such as the rest of a route, so that it does not keep a client's thread from sending. A
 * task is always carried out, if need be by the thread that brings it: an exchange that is not continued would be lost.
 */
final class Workers implements Executor {

    @Nullable
    private volatile ExecutorService pool;

    void start(CamelContext context) {
        ThreadPoolProfile profile = new ThreadPoolProfile("pushgatewayWorker");
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        pool = context.getExecutorServiceManager().newThreadPool(this, "PushgatewayWorker", profile);
    }

    void stop(CamelContext context) {
        ExecutorService running = pool;
        pool = null;
        if (running != null) {
            context.getExecutorServiceManager().shutdownGraceful(running);
        }
    }

    @Override
    public void execute(Runnable task) {
        ExecutorService running = pool;
        if (running == null) {
            task.run();
            return;
        }
        try {
            running.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
