package io.github.camelpushgateway;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what follows a push, such as the rest of a route. It never does so on a thread of the client's, which is there
 * to send, and never drops a task: an exchange that is not continued would be lost.
 */
final class ContinuationExecutor implements Executor {

    /** A user may register a profile of this id; ours has as many threads as Camel's default, and more for a moment. */
    private static final String PROFILE = "pushgatewayWorker";

    private static final int THREADS = 20;

    @Nullable
    private volatile ExecutorService pool;

    void start(CamelContext context) {
        ExecutorServiceManager manager = context.getExecutorServiceManager();
        ThreadPoolProfile profile = manager.getThreadPoolProfile(PROFILE);
        if (profile == null) {
            profile = new ThreadPoolProfile(PROFILE);
            profile.setPoolSize(THREADS);
            profile.setMaxPoolSize(THREADS);
            // no queue: a busy thread may wait for a task that would be queued;
            // and the caller, which has other exchanges to continue, does not run a task either
            profile.setMaxQueueSize(-1);
            profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
            profile.setAllowCoreThreadTimeOut(true);
        }
        pool = manager.newThreadPool(this, "PushgatewayWorker", profile);
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
        try {
            if (running != null && !running.isShutdown()) {
                running.execute(task);
                return;
            }
        } catch (RejectedExecutionException e) {
            // goes on below
        }
        // it inherits no thread locals: the task may be another caller's
        Thread overflow = new Thread(null, task, "PushgatewayWorker-overflow", 0, false);
        overflow.setDaemon(true);
        overflow.start();
    }
}
