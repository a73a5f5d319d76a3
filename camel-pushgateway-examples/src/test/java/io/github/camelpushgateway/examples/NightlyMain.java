package io.github.camelpushgateway.examples;

import org.apache.camel.main.Main;

/** Runs camel-main with the system properties. It does not call {@code System.exit}, so a leaked thread keeps the JVM alive. */
public final class NightlyMain {

    private NightlyMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        new Main().run();
    }
}
