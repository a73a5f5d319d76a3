/**
 * Names and tags of the spans of the component, for Camel's tracing components. In: an exchange and its endpoint. Out:
 * tags without secrets and of limited length. The classes are loaded only by tracing components, which find them by
 * their service files.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.tracing.PushgatewaySpanDecorator} for camel-opentelemetry and
 * others on camel-tracing, and {@link io.github.camelpushgateway.tracing.PushgatewayTelemetryDecorator} for
 * camel-opentelemetry2 and others on camel-telemetry.
 */
@NullMarked
package io.github.camelpushgateway.tracing;

import org.jspecify.annotations.NullMarked;
