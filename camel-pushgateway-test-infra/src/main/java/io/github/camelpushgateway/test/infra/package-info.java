/**
 * Real Pushgateways for tests. In: what a gateway shall be like. Out: one that runs on loopback, and what it holds.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.test.infra.PushgatewayExtension} for JUnit 5,
 * {@link io.github.camelpushgateway.test.infra.Pushgateway#start()} for everything else.
 */
@NullMarked
package io.github.camelpushgateway.test.infra;

import org.jspecify.annotations.NullMarked;
