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
 * Class path of an application that has other versions of some jars. It has all other jars of this test. The application
 * shares only the JDK with the test.
 */
final class OtherClassPath implements AutoCloseable {

    /** Modules that copy the jars of other versions. Each of them is a folder with a pom. */
    private static final Path MODULES = Path.of("../camel-pushgateway-compatibility");

    private final URLClassLoader loader;

    private OtherClassPath(URL[] urls) {
        loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** Omits the jars whose file name starts with one of the prefixes. */
    static OtherClassPath without(String... prefixes) throws IOException {
        return new OtherClassPath(urls(jarsOfTest().filter(jar -> !startsWith(jar, prefixes))));
    }

    /** Replaces client_java by the version of a module. */
    static OtherClassPath withClientJava(String module) throws IOException {
        return with(module, "prometheus-metrics-");
    }

    /** Replaces Jackson, and omits the component of Camel that needs a newer version. */
    static OtherClassPath withJackson(String module) throws IOException {
        return with(module, "jackson-", "camel-jackson-");
    }

    /** Replaces Camel by the version of a module. */
    static OtherClassPath withCamel(String module) throws IOException {
        return with(module, "camel-");
    }

    /** Replaces only the jars of client_java that define metrics, as the dependency management of an application may do. */
    static OtherClassPath withModelOfClientJava(String module) throws IOException {
        return with(module, "prometheus-metrics-model-", "prometheus-metrics-config-");
    }

    private static OtherClassPath with(String module, String... prefixes) throws IOException {
        try (Stream<Path> jars = Files.list(MODULES.resolve(module).resolve("target/dependency"))) {
            return new OtherClassPath(urls(Stream.concat(
                    jars.filter(jar -> startsWith(jar, prefixes)),
                    jarsOfTest().filter(jar -> !startsWith(jar, prefixes)))));
        }
    }

    private static Stream<Path> jarsOfTest() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of);
    }

    private static boolean startsWith(Path jar, String... prefixes) {
        return Stream.of(prefixes).anyMatch(jar.getFileName().toString()::startsWith);
    }

    private static URL[] urls(Stream<Path> jars) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars.toList()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Returns whether the class path has the class. */
    boolean has(String className) {
        try {
            loader.loadClass(className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Runs a task in the application, which loads the class of the task again. */
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

    /** Returns a weak reference to the class loader of the application. */
    WeakReference<ClassLoader> reference() {
        return new WeakReference<>(loader);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
