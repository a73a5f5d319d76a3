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
 * The classes of an application whose dependencies were resolved otherwise: all jars of this test, less those whose file name
 * starts in a certain way, and others instead. Nothing is shared with the test but the JDK.
 */
final class OtherClassPath implements AutoCloseable {

    private final URLClassLoader loader;

    private OtherClassPath(List<URL> urls) {
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    static OtherClassPath without(String... namesStart) throws IOException {
        return new OtherClassPath(ours(namesStart));
    }

    /** Replaces client_java by the version whose jars the build copies to that folder in {@code target}. */
    static OtherClassPath withClientJava(String folder) throws IOException {
        return with(folder, "prometheus-metrics-");
    }

    /** Replaces Jackson, and what needs more of it than the component does, in the same way. */
    static OtherClassPath withJackson(String folder) throws IOException {
        return with(folder, "jackson-", "camel-jackson-");
    }

    /** Replaces Camel in the same way. */
    static OtherClassPath withCamel(String folder) throws IOException {
        return with(folder, "camel-");
    }

    /** Replaces only those jars of client_java that define metrics, as management of dependencies by others does. */
    static OtherClassPath withModelOfClientJava(String folder) throws IOException {
        return with(folder, "prometheus-metrics-model-", "prometheus-metrics-config-");
    }

    private static OtherClassPath with(String folder, String... namesStart) throws IOException {
        List<URL> urls = ours(namesStart);
        try (Stream<Path> jars = Files.list(Path.of("target", folder))) {
            for (Path jar : jars.toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new OtherClassPath(urls);
    }

    private static List<URL> ours(String... namesStart) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Stream.of(namesStart).noneMatch(path.getFileName().toString()::startsWith)) {
                urls.add(path.toUri().toURL());
            }
        }
        return urls;
    }

    /** Tells whether a class of that name is there. */
    boolean has(String className) {
        try {
            loader.loadClass(className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Does something in the application: the task is loaded anew, by its name. */
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

    /** Refers to the classes, and does not keep them. */
    WeakReference<ClassLoader> reference() {
        return new WeakReference<>(loader);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
