package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server on a loopback socket that records the bytes of each request and writes the given response, which may violate
 * HTTP.
 */
public final class WireServer implements AutoCloseable {

    /** A response to a request: any bytes. The connection is closed if it throws an exception. */
    public interface Response {
        void to(Request request, OutputStream out) throws Exception;
    }

    /** A received request. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, UTF_8);
        }

        public int contentLength() {
            return Integer.parseInt(headers.getOrDefault("content-length", "0"));
        }
    }

    private final ServerSocket socket;
    private final Response response;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Socket> connections = new ConcurrentLinkedQueue<>();

    public WireServer(Response response) throws IOException {
        this(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), response);
    }

    /** Accepts the connections of a socket from now on, including those that are waiting. */
    public WireServer(ServerSocket socket, Response response) {
        this.socket = socket;
        this.response = response;
        daemon(this::acceptAll);
    }

    /**
     * Returns a response with a status and a body, without further headers. Like a gateway, it responds to a deletion
     * with 202 instead of 200.
     */
    public static Response status(int status, String body) {
        Response other = raw(response(status, body));
        Response toDeletion = raw(response(status == 200 ? 202 : status, body));
        return (request, out) -> (isDeletion(request) ? toDeletion : other).to(request, out);
    }

    private static String response(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static boolean isDeletion(Request request) {
        return request.method().equals("DELETE") || request.path().endsWith("/api/v1/admin/wipe");
    }

    /** Returns a response of exactly these bytes. */
    public static Response raw(String bytes) {
        return (request, out) -> out.write(bytes.getBytes(ISO_8859_1));
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Returns the number of connections that were opened. */
    public int connections() {
        return connections.size();
    }

    /** Returns the number of connections that are still open. */
    public long openConnections() {
        return connections.stream().filter(connection -> !connection.isClosed()).count();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket connection = socket.accept();
            connections.add(connection);
            daemon(() -> serve(connection));
        }
    }

    private void serve(Socket connection) throws Exception {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                response.to(request, out);
                out.flush();
            }
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        Request head = readHead(in);
        return head == null
                ? null
                : new Request(head.method(), head.path(), head.headers(), in.readNBytes(head.contentLength()));
    }

    /** Reads a request up to its body, or returns null at the end of the stream. */
    public static @Nullable Request readHead(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] words = first.split(" ", -1);
        return new Request(words[0], words[1], headers, new byte[0]);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                // either side has ended the connection; the tests check the client
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
