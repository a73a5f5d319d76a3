package io.github.camelpushgateway.client;

import java.util.concurrent.CompletableFuture;

/**
 * Who waits for a request to one gateway.
 *
 * @param push what was asked for
 * @param outcome completes with the request's
 */
record Asker(AskedPush push, CompletableFuture<PushResponse> outcome) {}
