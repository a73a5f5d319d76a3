package io.github.camelpushgateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The HTTP proxy tinyproxy in a separate process. Tests are skipped if the program is not on the PATH. */
public final class Tinyproxy implements AutoCloseable {

    private final LocalProgram program;

    private Tinyproxy(LocalProgram program) {
        this.program = program;
    }

    /**
     * Starts the proxy.
     *
     * @param credentials the username and the password, separated by a blank, or null to require none
     * @param settings further lines of the configuration
     */
    public static Tinyproxy start(@Nullable String credentials, String... settings) throws IOException {
        Path path = LocalProgram.find("tinyproxy").orElse(null);
        Assumptions.assumeTrue(path != null, "tinyproxy is not on the PATH");
        return new Tinyproxy(LocalProgram.start(path, (port, folder) -> {
            Path config = folder.resolve("tinyproxy.conf");
            Files.writeString(
                    config,
                    "Port " + port + "\nListen 127.0.0.1\nTimeout 600\nMaxClients 50\nLogLevel Connect\nLogFile \""
                            + folder.resolve("log.txt") + "\"\n"
                            + (credentials == null ? "" : "BasicAuth " + credentials + '\n')
                            + String.join("\n", settings) + '\n');
            return List.of("-d", "-c", config.toString());
        }));
    }

    public int port() {
        return program.port();
    }

    /** Returns the log, with the first line of each request. */
    public String log() {
        return program.file("log.txt");
    }

    public LocalProgram program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
