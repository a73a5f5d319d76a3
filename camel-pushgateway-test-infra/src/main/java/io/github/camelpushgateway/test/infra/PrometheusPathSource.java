package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Source that uses the programs on the PATH, if they have the required version. */
final class PrometheusPathSource implements PrometheusSource {

    private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.\\S+");

    @Override
    public Prometheus start(int major, Path folder) throws IOException {
        Path program = find("prometheus", major, folder);
        Path workFolder = Files.createTempDirectory("prometheus");
        List<String> command = List.of(
                program.toString(),
                ListeningProcess.LISTEN_FLAG,
                "--config.file=" + folder.toAbsolutePath().resolve(Prometheus.CONFIG),
                "--storage.tsdb.path=" + workFolder.resolve("data"));
        try {
            ListeningProcess process = ListeningProcess.start(command, workFolder);
            return new Prometheus("http://127.0.0.1:" + process.port(), "the program " + program, process::stop);
        } catch (IOException e) {
            throw new IllegalStateException(program + " does not run with " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Promtool.Result promtool(int major, Path folder, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(find("promtool", major, folder).toString()));
        command.addAll(arguments);
        Programs.Output output = Programs.execute(command, folder);
        return new Promtool.Result(output.status(), output.text());
    }

    private static Path find(String name, int major, Path folder) throws IOException {
        Path program = Programs.find(name + '-' + major, name)
                .orElseThrow(() -> new IOException("there is no " + name + " on the PATH"));
        String output = Programs.execute(List.of(program.toString(), "--version"), folder)
                .text();
        Matcher version = VERSION.matcher(output);
        if (!version.find()) {
            throw new IOException(program + " --version does not print a version");
        }
        if (!version.group(1).equals(String.valueOf(major))) {
            throw new IOException(program + " has " + version.group());
        }
        return program;
    }
}
