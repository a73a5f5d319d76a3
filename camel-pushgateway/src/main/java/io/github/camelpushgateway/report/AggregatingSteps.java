package io.github.camelpushgateway.report;

import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Traceable;

/** Finds the steps of a route that aggregate or resequence exchanges. */
final class AggregatingSteps {

    private AggregatingSteps() {}

    /** Returns whether there is an aggregation or a resequencer in the route that every exchange reaches. */
    static boolean takeAll(Route route) {
        return route.navigate() != null && areBelow(route.navigate(), false);
    }

    /** Returns whether there is an aggregation or a resequencer in the route, in a branch as well. */
    static boolean areIn(Route route) {
        return route.navigate() != null && areBelow(route.navigate(), true);
    }

    private static boolean areBelow(Navigate<Processor> place, boolean inBranches) {
        String step = place instanceof Traceable traced ? traced.getTraceLabel() : "";
        if (step.startsWith("aggregate[") || step.equals("resequencer") || step.equals("streamResequence")) {
            return true;
        }
        if (!inBranches && (step.startsWith("choice") || step.startsWith("filter"))) {
            return false; // whether an exchange goes there is not known
        }
        return place.hasNext()
                && place.next().stream()
                        .anyMatch(next -> next instanceof Navigate<?> && areBelow(cast(next), inBranches));
    }

    @SuppressWarnings("unchecked") // Camel has no other Navigate
    private static Navigate<Processor> cast(Processor processor) {
        return (Navigate<Processor>) processor;
    }
}
