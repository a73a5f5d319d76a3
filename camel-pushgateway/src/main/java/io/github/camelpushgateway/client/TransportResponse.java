package io.github.camelpushgateway.client;

/**
 * An answer.
 *
 * @param statusCode its HTTP status
 * @param location its {@code Location}, or empty
 * @param body its first words on one line, or empty
 */
record TransportResponse(int statusCode, String location, String body) {}
