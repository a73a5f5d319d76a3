package io.github.camelpushgateway.examples.jbang;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The command {@code camel}, as JBang starts it. */
final class Camel {

    private Camel() {}

    /** Runs it. */
    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
