package io.github.camelpushgateway.examples;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The work of a job in a child JVM. It ends on input from the test, or not at all. */
public final class Work {

    /** Blocks until a line arrives on the standard input, also when interrupted. */
    public void untilInput() throws IOException {
        if (System.in.read() < 0) {
            throw new IOException("the standard input was closed");
        }
    }

    /** Blocks until the thread is interrupted. */
    public void untilInterrupted() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
