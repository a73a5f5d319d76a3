package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Contestant that writes bytes to an open socket, one for each thread: the lower limit for the cost of a push. */
final class SocketContestant implements Contestant {

    private final URI gateway;
    private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::connect);

    SocketContestant(URI gateway) {
        this.gateway = gateway;
    }

    @Override
    public Push one(String job) {
        return push(job, value -> Exposition.one(value).getBytes(UTF_8));
    }

    @Override
    public Push series(String job, int series) {
        byte[] ready = Exposition.series(series);
        return push(job, value -> ready);
    }

    @Override
    public Push gauges(String job, int gauges) {
        return push(job, value -> Exposition.gauges(gauges, value));
    }

    private Push push(String job, DoubleFunction<byte[]> body) {
        return value -> connections.get().post("/metrics/job/" + job, body.apply(value));
    }

    private Connection connect() {
        try {
            Socket socket = new Socket(gateway.getHost(), gateway.getPort());
            socket.setTcpNoDelay(true);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new IllegalStateException("no connection to " + gateway, e);
        }
    }

    private record Connection(Socket socket, InputStream in) {

        void post(String path, byte[] body) throws IOException {
            byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + Exposition.CONTENT_TYPE
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(ISO_8859_1);
            byte[] request = new byte[head.length + body.length];
            System.arraycopy(head, 0, request, 0, head.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            socket.getOutputStream().write(request);
            readResponse();
        }

        private void readResponse() throws IOException {
            String status = line();
            if (!status.startsWith("HTTP/1.1 2")) {
                throw new IOException("the gateway responded with: " + status);
            }
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(
                            lower.substring(lower.indexOf(':') + 1).strip());
                }
            }
            in.skipNBytes(length);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the gateway closed the connection");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }
    }
}
