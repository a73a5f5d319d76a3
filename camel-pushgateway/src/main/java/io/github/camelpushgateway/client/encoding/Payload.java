package io.github.camelpushgateway.client.encoding;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request's body.
 *
 * @param contentType their media type, before they were compressed
 * @param contentEncoding how they are compressed, or null if they are not
 * @param bytes an array that nobody changes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed, and copied by nobody
public record Payload(String contentType, @Nullable String contentEncoding, byte[] bytes) {}
