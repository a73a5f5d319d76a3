package io.github.camelpushgateway.site;

import java.util.List;

/** The site cannot be built. */
final class BrokenSiteException extends Exception {

    private static final long serialVersionUID = 1;

    BrokenSiteException(List<String> problems) {
        super("Problems of the manual (" + problems.size() + "):\n" + String.join("\n", problems));
    }
}
