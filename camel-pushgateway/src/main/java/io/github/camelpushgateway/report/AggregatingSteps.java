package io.github.camelpushgateway.report;

import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Traceable;

/** The steps of a route that aggregate or resequence exchanges. */
final class AggregatingSteps {

    private AggregatingSteps() {}

    /** Returns whether every exchange of the route reaches an aggregator or resequencer. */
    static boolean receiveEveryExchange(Route route) {
        return route.navigate() != null && isBelow(route.navigate(), false);
    }

    /** Returns whether the route contains an aggregator or resequencer, including in a branch. */
    static boolean existIn(Route route) {
        return route.navigate() != null && isBelow(route.navigate(), true);
    }

    private static boolean isBelow(Navigate<Processor> node, boolean inBranches) {
        String step = node instanceof Traceable traced ? traced.getTraceLabel() : "";
        if (step.startsWith("aggregate[") || step.equals("resequencer") || step.equals("streamResequence")) {
            return true;
        }
        if (!inBranches && (step.startsWith("choice") || step.startsWith("filter"))) {
            // exchanges may bypass the branch
            return false;
        }
        return node.hasNext()
                && node.next().stream()
                        .anyMatch(next -> next instanceof Navigate<?> && isBelow(cast(next), inBranches));
    }

    @SuppressWarnings("unchecked") // Navigate has no other type argument in Camel
    private static Navigate<Processor> cast(Processor processor) {
        return (Navigate<Processor>) processor;
    }
}
