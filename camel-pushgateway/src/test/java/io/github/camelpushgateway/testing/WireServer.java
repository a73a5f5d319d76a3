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
 * What stands on the wire, byte by byte: a server on a socket of the loopback address that notes each request as it comes
 * and answers as it is told, also in ways that no HTTP library would.
 */
public final class WireServer implements AutoCloseable {

    /** Answers one request, with whatever bytes it likes; the connection is closed if it throws. */
    public interface Answer {
        void to(Request request, OutputStream out) throws Exception;
    }

    /** A request as it came. */
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
    private final Answer answer;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Socket> connections = new ConcurrentLinkedQueue<>();

    public WireServer(Answer answer) throws IOException {
        this(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), answer);
    }

    /** Takes the connections of that socket from now on, also those that are waiting. */
    public WireServer(ServerSocket socket, Answer answer) {
        this.socket = socket;
        this.answer = answer;
        daemon(this::acceptAll);
    }

    /** Returns an answer with that status, no further headers, and that body. */
    public static Answer status(int status, String body) {
        return raw("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Returns an answer of exactly these bytes. */
    public static Answer raw(String bytes) {
        return (request, out) -> out.write(bytes.getBytes(ISO_8859_1));
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Returns how many connections have been opened. */
    public int connections() {
        return connections.size();
    }

    /** Returns how many of them are still open. */
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
                answer.to(request, out);
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
                // a connection that ended, on either side: the tests look at what the client makes of it
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
