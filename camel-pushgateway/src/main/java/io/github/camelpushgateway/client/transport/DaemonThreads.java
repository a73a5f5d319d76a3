package io.github.camelpushgateway.client.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** A factory of daemon threads, which do not keep the JVM alive. The names of the threads have a prefix. */
public final class DaemonThreads implements ThreadFactory, Executor {

    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Creates a factory.
     *
     * @param prefix the beginning of the names of threads
     */
    public DaemonThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        // the thread serves all callers, so it inherits nothing from the current one
        Thread thread = new Thread(null, task, prefix + count.incrementAndGet(), 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a task on a new thread. */
    @Override
    public void execute(Runnable task) {
        newThread(task).start();
    }
}
