package io.github.camelpushgateway.client;

/** The bytes of a request's body, as an array that nobody changes, and their media type. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed, and copied by nobody
record Payload(String contentType, byte[] bytes) {}
