package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Extension that fails a test if a registered secret appears in its output: in a log at any level, on the console, in a
 * JMX attribute, in a developer console of Camel, or in a text that the test adds, such as an exception.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SecretScan scan = new SecretScan("pa55-W0RD");
 * }</pre>
 */
public final class SecretScan implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {

    /** Consoles that show routes and properties as the user wrote them, which a component cannot change. */
    private static final Set<String> SOURCE_CONSOLES = Set.of("properties", "route-dump", "source");

    private final List<String> secrets = new ArrayList<>();
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private PrintStream out = System.out;
    private PrintStream err = System.err;

    @Nullable
    private LogCapture log;

    public SecretScan(String... secrets) {
        for (String secret : secrets) {
            secret(secret);
        }
    }

    /** Registers another secret, which must be long enough not to appear by chance. */
    public void secret(String secret) {
        assertThat(secret).hasSizeGreaterThan(5);
        secrets.add(secret);
    }

    /** Registers a password and its encoding in basic authentication. */
    public void password(String username, String password) {
        secret(password);
        secret(Base64.getEncoder().encodeToString((username + ':' + password).getBytes(UTF_8)));
    }

    /** Adds a text. */
    public void add(@Nullable Object text) {
        texts.add(String.valueOf(text));
    }

    /** Adds the texts of an exception and of all its causes. */
    public void add(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        texts.add(trace.toString());
    }

    /** Adds the output of Camel's developer consoles as text and as JSON, except consoles of sources. */
    public void addConsoles(CamelContext context) {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        assertThat(consoles).isNotNull();
        consoles.loadDevConsoles();
        assertThat(consoles.stream()).isNotEmpty();
        consoles.stream()
                .filter(console -> !SOURCE_CONSOLES.contains(console.getId()))
                // writes the heap, which contains the secrets, to a file
                .filter(console -> !console.getId().equals("heap-dump"))
                .forEach(console -> {
                    for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                        if (console.supportMediaType(type)) {
                            add(console.call(type, Map.of()));
                        }
                    }
                });
    }

    /** Returns the output so far, without Camel's own traces of endpoints. */
    public List<String> output() {
        return outputWithTraces().stream().filter(line -> !isCamelTrace(line)).toList();
    }

    /** Returns the output so far. */
    public List<String> outputWithTraces() {
        List<String> all = new ArrayList<>(texts);
        if (log != null) {
            all.addAll(log.lines());
        }
        all.add(printed.toString(UTF_8));
        return all;
    }

    /**
     * Returns whether a log line is written by Camel itself. When Camel creates an endpoint, it logs the URI at TRACE,
     * and at DEBUG the URI without the secrets that it recognises. At TRACE it also logs each value that it sets on a
     * nested object. A component cannot change that: see "Authentication and TLS" in the manual.
     */
    private static boolean isCamelTrace(String line) {
        return line.startsWith("TRACE org.apache.camel.impl.engine.AbstractCamelContext ")
                || line.startsWith("TRACE org.apache.camel.support.DefaultComponent ")
                || line.startsWith("TRACE org.apache.camel.support.EndpointHelper ")
                || line.startsWith("TRACE org.apache.camel.impl.engine.IntrospectionSupport ")
                || line.startsWith("TRACE org.apache.camel.impl.engine.DefaultBeanIntrospection ")
                || (line.startsWith("DEBUG org.apache.camel.impl.engine.AbstractCamelContext ")
                        && line.contains(" converted to endpoint: "));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        out = System.out;
        err = System.err;
        PrintStream both = new PrintStream(printed, true, UTF_8);
        System.setOut(both);
        System.setErr(both);
        log = LogCapture.ofAll(Level.TRACE);
    }

    /** Adds JMX while the objects that the test has started still exist. */
    @Override
    public void afterTestExecution(ExtensionContext context) throws JMException {
        addJmx();
    }

    /** Adds all attributes of all MBeans of Camel. */
    public void addJmx() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            add(name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    add(attribute.getName() + '=' + value(server, name, attribute));
                }
            }
        }
    }

    private static Object value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return String.valueOf(server.getAttribute(name, attribute.getName()));
        } catch (JMException | RuntimeException e) {
            return e;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(out);
        System.setErr(err);
        List<String> all = output();
        if (log != null) {
            log.close();
        }
        assertThat(secrets).isNotEmpty();
        assertThat(all.stream().filter(text -> secrets.stream().anyMatch(text::contains)))
                .isEmpty();
    }
}
