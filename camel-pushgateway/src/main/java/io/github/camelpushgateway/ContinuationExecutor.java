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
 * Executor that runs the continuations of pushes, such as the rest of a route, on threads of Camel when the thread
 * that received the response is not available for them. A task is never dropped, because the exchange that it
 * continues would be lost.
 */
final class ContinuationExecutor implements Executor {

    /**
     * Thread pool profile, which a user may register under this id. The built-in profile has as many threads as
     * Camel's default profile. When all of them are busy, each further task gets a new thread.
     */
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
            // No queue: a busy thread may wait for a task that would be queued. The calling thread does not run a
            // task either, because it has other exchanges to continue.
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
            // all pool threads are busy: use a new thread
        }
        // no inherited thread locals: the task may belong to another caller
        Thread overflow = new Thread(null, task, "PushgatewayWorker-overflow", 0, false);
        overflow.setDaemon(true);
        overflow.start();
    }
}
