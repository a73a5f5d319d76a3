package io.github.camelpushgateway.examples.jbang;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The command {@code camel} of Camel JBang. */
final class Camel {

    private Camel() {}

    /** Runs the command. */
    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
