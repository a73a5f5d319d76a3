package io.github.camelpushgateway.client.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/**
 * The beginning of a page of a server, which need not be a gateway.
 *
 * @param contentType the media type, or an empty string
 * @param text the text, at most the first 256 KiB
 */
public record Page(String contentType, String text) {

    private static final int MAX_BYTES = 256 << 10;

    /** Reads a page. The rest of a longer one is skipped. */
    public static Page read(GatewayResponse head, InputStream body) throws IOException {
        byte[] start = body.readNBytes(MAX_BYTES);
        body.transferTo(OutputStream.nullOutputStream());
        return new Page(head.headers().getOrDefault("Content-Type", ""), new String(start, UTF_8));
    }

    /** Returns whether this is a page for a browser, which a gateway does not have in its API. */
    public boolean isHtml() {
        return contentType.toLowerCase(Locale.ROOT).contains("html")
                || text.stripLeading().startsWith("<");
    }
}
