package io.github.camelpushgateway.examples;

import org.apache.camel.main.Main;

/** Runs what the properties say. It does not force the JVM to end, so that a thread left behind would be seen. */
public final class NightlyMain {

    private NightlyMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        new Main().run();
    }
}
