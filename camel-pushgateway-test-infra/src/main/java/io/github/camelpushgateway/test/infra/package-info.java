/**
 * Real Pushgateways and Prometheus for tests. In: what a gateway shall be like, or the files of Prometheus. Out: one that runs on
 * loopback, and what it holds.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.test.infra.PushgatewayExtension} for JUnit 5,
 * {@link io.github.camelpushgateway.test.infra.Pushgateway#start()} for everything else. And
 * {@link io.github.camelpushgateway.test.infra.Prometheus}, {@link io.github.camelpushgateway.test.infra.Promtool}.
 */
@NullMarked
package io.github.camelpushgateway.test.infra;

import org.jspecify.annotations.NullMarked;
