package io.github.camelpushgateway.gettingstarted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands of a page unchanged. On its PATH, {@code mvn} is the Maven of this build, and {@code java} is the JDK of this build.
 *
 * @param repository the local Maven repository
 * @param programs a folder with further programs for the PATH
 * @param environment further environment variables
 */
public record Shell(Path repository, Path programs, Map<String, String> environment) {

    /** Runs a command in a folder. It must succeed. Returns its output. */
    public String run(Path folder, String command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("command", ".log");
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        configure(builder.environment());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String output = Files.readString(log, UTF_8);
            assertThat(ended).as(output).isTrue();
            assertThat(process.exitValue()).as(command + output).isZero();
            return output;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(log);
        }
    }

    private void configure(Map<String, String> variables) {
        Path java = Path.of(System.getProperty("java.home"));
        variables.keySet().removeIf(name -> name.startsWith("MAVEN_"));
        variables.put("JAVA_HOME", java.toString());
        variables.put(
                "PATH",
                String.join(
                        File.pathSeparator,
                        List.of(
                                programs.toString(),
                                Path.of(System.getProperty("maven.folder", ""), "bin")
                                        .toString(),
                                java.resolve("bin").toString(),
                                variables.getOrDefault("PATH", ""))));
        // the processes run for a few seconds, too short to benefit from the C2 compiler or a parallel collector
        variables.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        variables.put("MAVEN_ARGS", mavenArguments());
        variables.putAll(environment);
    }

    private String mavenArguments() {
        String arguments = "--batch-mode --no-transfer-progress -Dmaven.repo.local=" + repository
                + " -Dpushgateway.prefer=" + System.getProperty("pushgateway.prefer", "program");
        return "offline=true".equals(System.getProperty("maven")) ? "--offline " + arguments : arguments;
    }
}
