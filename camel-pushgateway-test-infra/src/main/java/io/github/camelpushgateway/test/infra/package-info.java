/**
 * Real Pushgateways and Prometheus servers for tests. In: the setup of a gateway, or a folder with the configuration of Prometheus.
 * Out: a server on a loopback address, its groups, and the results of queries.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.test.infra.PushgatewayExtension} for JUnit 5,
 * {@link io.github.camelpushgateway.test.infra.Pushgateway#start()} for other code,
 * {@link io.github.camelpushgateway.test.infra.Prometheus} and {@link io.github.camelpushgateway.test.infra.Promtool}.
 */
@NullMarked
package io.github.camelpushgateway.test.infra;

import org.jspecify.annotations.NullMarked;
