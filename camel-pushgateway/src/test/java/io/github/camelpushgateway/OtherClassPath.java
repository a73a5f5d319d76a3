package io.github.camelpushgateway;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Class path of an application with other versions of dependencies: the jars of this test, with some removed or
 * replaced by file name prefix. Only the JDK is shared with the test.
 */
final class OtherClassPath implements AutoCloseable {

    private final URLClassLoader loader;

    private OtherClassPath(List<URL> urls) {
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    static OtherClassPath without(String... prefixes) throws IOException {
        return new OtherClassPath(currentClassPath(prefixes));
    }

    /** Replaces client_java with the version that the build copies to the folder in {@code target}. */
    static OtherClassPath withClientJava(String folder) throws IOException {
        return with(folder, "prometheus-metrics-");
    }

    /** Replaces Jackson in the same way, and Camel's libraries that need a newer Jackson than the component. */
    static OtherClassPath withJackson(String folder) throws IOException {
        return with(folder, "jackson-", "camel-jackson-");
    }

    /** Replaces Camel in the same way. */
    static OtherClassPath withCamel(String folder) throws IOException {
        return with(folder, "camel-");
    }

    /**
     * Replaces only the jars of client_java that define metrics, as the dependency management of a framework may do.
     */
    static OtherClassPath withModelOfClientJava(String folder) throws IOException {
        return with(folder, "prometheus-metrics-model-", "prometheus-metrics-config-");
    }

    private static OtherClassPath with(String folder, String... prefixes) throws IOException {
        List<URL> urls = currentClassPath(prefixes);
        try (Stream<Path> jars = Files.list(Path.of("target", folder))) {
            for (Path jar : jars.toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new OtherClassPath(urls);
    }

    private static List<URL> currentClassPath(String... prefixes) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Stream.of(prefixes).noneMatch(path.getFileName().toString()::startsWith)) {
                urls.add(path.toUri().toURL());
            }
        }
        return urls;
    }

    /** Returns whether a class with the name exists. */
    boolean has(String className) {
        try {
            loader.loadClass(className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Runs a task in the application, whose class loader loads the task again by name. */
    @SuppressWarnings("unchecked")
    String run(Class<? extends UnaryOperator<String>> task, String argument) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return ((UnaryOperator<String>)
                            loader.loadClass(task.getName()).getConstructor().newInstance())
                    .apply(argument);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Returns a weak reference to the class loader. */
    WeakReference<ClassLoader> reference() {
        return new WeakReference<>(loader);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
