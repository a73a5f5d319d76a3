package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy in front of a gateway that loses requests and responses at random, so that its client often cannot know
 * whether a request was executed.
 */
public final class LossyProxy implements AutoCloseable {

    /** What happens to a request. */
    public enum Loss {
        NONE,
        /** The connection is closed, and the gateway does not receive the request. */
        REQUEST,
        /** The connection is closed after the gateway has executed the request. */
        RESPONSE,
        /** Nothing is forwarded and nothing is responded. */
        SILENT_REQUEST,
        /** Nothing is responded after the gateway has executed the request. */
        SILENT_RESPONSE,
        /** The gateway does not receive the request, which the response states. */
        UNAVAILABLE,
        /** The response states a failure, although the gateway has executed the request. */
        BAD_GATEWAY,
        /** Nothing is responded, and the gateway receives the request when {@link #deliverLate} is called. */
        LATE
    }

    private static final int MAX_SILENCE_MILLIS = 10_000;

    /** The losses that occur at random. */
    private static final List<Loss> RANDOM = List.copyOf(EnumSet.range(Loss.REQUEST, Loss.BAD_GATEWAY));

    private final URI gateway;
    private final Deque<Loss> script = new ArrayDeque<>();
    private final Random random;
    private final int percent;
    private final WireServer server;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Queue<WireServer.Request> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger losses = new AtomicInteger();
    private final AtomicInteger forwarding = new AtomicInteger();
    private volatile boolean reliable;

    /**
     * @param percent the percentage of requests with a loss
     */
    public LossyProxy(String gateway, long seed, int percent) throws IOException {
        this.gateway = URI.create(gateway);
        random = new Random(seed);
        this.percent = percent;
        server = new WireServer(this::respond);
    }

    public String url() {
        return server.url();
    }

    /** Creates a proxy with these losses, one for each request, and none afterwards. */
    public LossyProxy(String gateway, Loss... losses) throws IOException {
        this(gateway, 0, 0);
        script.addAll(List.of(losses));
    }

    /** Forwards all requests and responses from now on. */
    public void becomeReliable() {
        reliable = true;
        released.countDown();
        // no earlier request arrives after later ones
        await().atMost(Duration.ofMillis(3 * MAX_SILENCE_MILLIS)).until(() -> forwarding.get() == 0);
    }

    /** Returns the number of requests with a loss. */
    public int losses() {
        return losses.get();
    }

    /** Forwards the late requests. */
    public void deliverLate() throws IOException {
        for (WireServer.Request request = late.poll(); request != null; request = late.poll()) {
            forward(request);
        }
    }

    /** Returns the methods of the requests so far. */
    public List<String> methods() {
        return server.requests().stream().map(WireServer.Request::method).toList();
    }

    private synchronized Loss next() {
        Loss scripted = script.poll();
        if (scripted != null) {
            return scripted;
        }
        if (reliable || random.nextInt(100) >= percent) {
            return Loss.NONE;
        }
        losses.incrementAndGet();
        return RANDOM.get(random.nextInt(RANDOM.size()));
    }

    private void respond(WireServer.Request request, OutputStream out) throws Exception {
        switch (next()) {
            case NONE -> out.write(forward(request));
            case REQUEST -> throw new IOException("lost");
            case RESPONSE -> {
                forward(request);
                throw new IOException("lost");
            }
            case SILENT_REQUEST -> released.await();
            case SILENT_RESPONSE -> {
                forward(request);
                released.await();
            }
            case UNAVAILABLE -> WireServer.status(503, "").to(request, out);
            case BAD_GATEWAY -> {
                forward(request);
                WireServer.status(502, "").to(request, out);
            }
            case LATE -> {
                late.add(request);
                released.await();
            }
        }
    }

    private byte[] forward(WireServer.Request request) throws IOException {
        forwarding.incrementAndGet();
        try {
            return exchange(request);
        } finally {
            forwarding.decrementAndGet();
        }
    }

    private byte[] exchange(WireServer.Request request) throws IOException {
        try (Socket socket = new Socket()) {
            // a container that was killed neither responds nor closes its connections
            socket.setSoTimeout(MAX_SILENCE_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.getPort()), MAX_SILENCE_MILLIS);
            StringBuilder head = new StringBuilder(request.method() + ' ' + request.path() + " HTTP/1.1\r\n");
            request.headers().forEach((name, value) -> {
                if (!name.equals("connection")) {
                    head.append(name).append(": ").append(value).append("\r\n");
                }
            });
            head.append("Connection: close\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(ISO_8859_1));
            out.write(request.body());
            out.flush();
            byte[] response = socket.getInputStream().readAllBytes();
            if (response.length == 0) {
                throw new IOException("the gateway did not respond");
            }
            return response;
        }
    }

    @Override
    public void close() throws IOException {
        released.countDown();
        server.close();
    }
}
