package io.github.camelpushgateway.examples;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Work of a job in a JVM of its own, which ends when it is told to, or not at all. */
public final class Work {

    /** Works until a line comes in, whatever else happens. */
    public void untilTold() throws IOException {
        if (System.in.read() < 0) {
            throw new IOException("nobody is there to tell that the work is done");
        }
    }

    /** Works until somebody interrupts it. */
    public void untilInterrupted() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
