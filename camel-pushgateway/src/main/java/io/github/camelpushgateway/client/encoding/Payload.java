package io.github.camelpushgateway.client.encoding;

/**
 * The body of a request.
 *
 * @param isCompressed whether the bytes are compressed
 * @param bytes the bytes, which must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, modified or copied
public record Payload(boolean isCompressed, byte[] bytes) {}
