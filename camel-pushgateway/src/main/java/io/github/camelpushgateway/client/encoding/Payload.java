package io.github.camelpushgateway.client.encoding;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request.
 *
 * @param contentType the media type before compression
 * @param contentEncoding the compression, or null if there is none
 * @param bytes the bytes, which must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, modified or copied
public record Payload(String contentType, @Nullable String contentEncoding, byte[] bytes) {}
