package io.github.camelpushgateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Class loader with the class path of the tests except some jars. It defines all classes of the other jars again. */
final class WithoutJar extends ClassLoader {

    private static final ClassLoader COMPLETE = WithoutJar.class.getClassLoader();

    private final List<String> jars;

    /** @param jars the prefixes of the file names of the missing jars */
    WithoutJar(String... jars) {
        super(ClassLoader.getPlatformClassLoader());
        this.jars = Stream.of(jars).map(jar -> '/' + jar).toList();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        URL url = findResource(name.replace('.', '/') + ".class");
        if (url == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = url.openStream()) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        URL url = COMPLETE.getResource(name);
        return url == null || isMissing(url) ? null : url;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> urls = Collections.list(COMPLETE.getResources(name)).stream()
                .filter(url -> !isMissing(url))
                .toList();
        return Collections.enumeration(urls);
    }

    private boolean isMissing(URL url) {
        return jars.stream().anyMatch(url.getPath()::contains);
    }
}
