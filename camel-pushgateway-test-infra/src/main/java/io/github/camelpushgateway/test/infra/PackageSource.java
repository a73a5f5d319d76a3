package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Source that downloads the distribution's package on Debian and Ubuntu, unpacks it into a cache folder and starts
 * the program in it. Nothing is installed, and root is not required: apt uses separate package lists and a separate
 * cache in that folder.
 */
final class PackageSource implements PushgatewaySource {

    private static final String PACKAGE = "prometheus-pushgateway";

    @Override
    public Pushgateway start(PushgatewaySetup setup) throws IOException {
        if (Programs.find("apt-get").isEmpty() || Programs.find("dpkg-deb").isEmpty()) {
            throw new IOException("the distribution's package is available on Debian and Ubuntu only");
        }
        Path program = program();
        return PushgatewayProcess.start(program, setup).asPushgateway("the distribution's package " + PACKAGE);
    }

    /**
     * Returns the program. The file lock protects against concurrent downloads of several JVMs, and {@code
     * synchronized} against those of several threads.
     */
    private static synchronized Path program() throws IOException {
        Path folder = cache();
        Path program = folder.resolve("unpacked/usr/bin/" + PACKAGE);
        Files.createDirectories(folder);
        try (FileChannel lockFile =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.lock()) {
            if (lock.isValid() && !Files.isExecutable(program)) {
                fetch(folder);
            }
        }
        return program;
    }

    private static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return home.resolve("camel-pushgateway");
    }

    private static void fetch(Path folder) throws IOException {
        Path lists = folder.resolve("lists");
        Path archives = folder.resolve("archives");
        Files.createDirectories(lists.resolve("partial"));
        Files.createDirectories(archives.resolve("partial"));
        List<String> apt = List.of(
                "apt-get",
                "-q",
                "-o",
                "Dir::State::Lists=" + lists,
                "-o",
                "Dir::Cache::archives=" + archives,
                "-o",
                "Dir::Cache::pkgcache=",
                "-o",
                "Dir::Cache::srcpkgcache=",
                "-o",
                "APT::Sandbox::User=",
                // disables the hook of a container image that cleans up the cache of the system
                "-o",
                "APT::Update::Post-Invoke::=true",
                "-o",
                "Debug::NoLocking=true");
        Programs.run(with(apt, "update"), folder);
        Programs.run(with(apt, "download", PACKAGE), archives);
        Path unpacking = Files.createTempDirectory(folder, "unpacking");
        Programs.run(List.of("dpkg-deb", "--extract", archive(archives).toString(), unpacking.toString()), folder);
        Files.move(unpacking, folder.resolve("unpacked"));
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> extended = new ArrayList<>(command);
        extended.addAll(List.of(arguments));
        return extended;
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PACKAGE + '_'))
                    .findFirst()
                    .orElseThrow(() -> new IOException("apt-get download did not write a package"));
        }
    }
}
