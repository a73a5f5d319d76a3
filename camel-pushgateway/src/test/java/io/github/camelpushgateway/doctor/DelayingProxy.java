package io.github.camelpushgateway.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A proxy in front of a gateway that does not respond to the first query of groups after a push. */
final class DelayingProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch queried = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final String gateway;
    private final WireServer server;
    private volatile boolean pushed;

    DelayingProxy(String gateway) throws IOException {
        this.gateway = gateway;
        server = new WireServer(this::respond);
    }

    String url() {
        return server.url();
    }

    boolean hasPushed() {
        return pushed;
    }

    /** Waits until a group was pushed. */
    void awaitPush() throws InterruptedException {
        if (!queried.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was pushed");
        }
    }

    /** Responds to all queries from now on. */
    void release() {
        end.countDown();
    }

    private void respond(WireServer.Request request, OutputStream out) throws Exception {
        // the target of a request to a proxy is a whole URL
        String path = request.path().replaceFirst("^http://[^/]*", "");
        if (pushed && path.equals("/api/v1/metrics")) {
            queried.countDown();
            end.await();
        }
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(URI.create(gateway + path))
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        String type = request.headers().get("content-type");
        if (type != null) {
            forwarded.header("Content-Type", type);
        }
        HttpResponse<byte[]> response = client.send(forwarded.build(), BodyHandlers.ofByteArray());
        pushed |= request.method().equals("PUT") && response.statusCode() == 200;
        out.write(("HTTP/1.1 " + response.statusCode() + " X\r\nContent-Length: " + response.body().length + "\r\n\r\n")
                .getBytes(US_ASCII));
        out.write(response.body());
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
    }
}
