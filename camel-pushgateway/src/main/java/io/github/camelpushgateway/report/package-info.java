/**
 * Reports the outcome of each run of a route. In: exchanges at their beginning and end. Out: the metrics of one report
 * for each run.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory} and
 * {@link io.github.camelpushgateway.report.PushgatewayRoutePolicy}.
 */
@NullMarked
package io.github.camelpushgateway.report;

import org.jspecify.annotations.NullMarked;
