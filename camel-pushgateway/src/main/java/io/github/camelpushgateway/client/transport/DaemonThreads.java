package io.github.camelpushgateway.client.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that do not keep a JVM alive, with names that tell whose they are. */
public final class DaemonThreads implements ThreadFactory, Executor {

    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    public DaemonThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        // the thread serves all callers, so it inherits nothing of the one for which it is started
        Thread thread = new Thread(null, task, prefix + count.incrementAndGet(), 0, false);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a task on a thread of its own. */
    @Override
    public void execute(Runnable task) {
        newThread(task).start();
    }
}
