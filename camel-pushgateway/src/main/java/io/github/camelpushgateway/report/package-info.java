/**
 * Tells how a run of a route went. In: exchanges, as Camel shows them when they begin and end. Out: the metrics of a report, once
 * for each run.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory} and
 * {@link io.github.camelpushgateway.report.PushgatewayRoutePolicy}.
 */
@NullMarked
package io.github.camelpushgateway.report;

import org.jspecify.annotations.NullMarked;
