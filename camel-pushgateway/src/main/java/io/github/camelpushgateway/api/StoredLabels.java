package io.github.camelpushgateway.api;

import java.util.TreeMap;

/** The labels of a group as the gateway stores them, in the form that the push API expects. They are never escaped again. */
@Internal
public final class StoredLabels extends TreeMap<String, String> {

    private static final long serialVersionUID = 1L;

    StoredLabels() {}
}
