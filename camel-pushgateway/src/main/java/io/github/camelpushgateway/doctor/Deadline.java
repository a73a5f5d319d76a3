package io.github.camelpushgateway.doctor;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A time limit for calls that have none of their own, such as the lookup of a host. */
final class Deadline {

    private Deadline() {}

    /**
     * Runs a call on a daemon thread and waits for it. After the time limit, the call is interrupted and abandoned.
     *
     * @throws SocketTimeoutException if the call does not return in time
     * @throws Exception the exception of the call
     */
    static <T> T call(Duration limit, Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "pushgateway-doctor");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw (SocketTimeoutException)
                    new SocketTimeoutException("no result within " + limit.toMillis() + " ms").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }
}
