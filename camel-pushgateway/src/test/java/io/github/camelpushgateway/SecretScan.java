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
 * Fails a test if a secret that it names is said anywhere while it runs: in a log at any level, on the console, in an attribute
 * of JMX, in a developer console of Camel's, or in a text that the test adds, such as an exception.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SecretScan scan = new SecretScan("pa55-W0RD");
 * }</pre>
 */
public final class SecretScan implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {

    /** They show routes and properties as the user has written them, which no component can change. */
    private static final Set<String> CONSOLES_OF_SOURCES = Set.of("properties", "route-dump", "source");

    private final List<String> secrets = new ArrayList<>();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
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

    /** Names one more, which must be too long to stand anywhere by chance. */
    public void secret(String secret) {
        assertThat(secret).hasSizeGreaterThan(5);
        secrets.add(secret);
    }

    /** Names a password, and what basic auth makes of it. */
    public void password(String username, String password) {
        secret(password);
        secret(Base64.getEncoder().encodeToString((username + ':' + password).getBytes(UTF_8)));
    }

    /** Adds a text that the test has come by. */
    public void add(@Nullable Object text) {
        said.add(String.valueOf(text));
    }

    /** Adds the texts of an exception and of all its causes. */
    public void add(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        said.add(trace.toString());
    }

    /** Adds what Camel's developer consoles tell, as text and as JSON; but for those of the user's own sources. */
    public void addConsoles(CamelContext context) {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        assertThat(consoles).isNotNull();
        consoles.loadDevConsoles();
        assertThat(consoles.stream()).isNotEmpty();
        consoles.stream()
                .filter(console -> !CONSOLES_OF_SOURCES.contains(console.getId()))
                // writes the heap to a file, where secrets are
                .filter(console -> !console.getId().equals("heap-dump"))
                .forEach(console -> {
                    for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                        if (console.supportMediaType(type)) {
                            add(console.call(type, Map.of()));
                        }
                    }
                });
    }

    /** Returns all that was said so far, without Camel's own traces of endpoints. */
    public List<String> said() {
        return everySaid().stream().filter(line -> !isCamelsOwnTrace(line)).toList();
    }

    /** Returns all that was said so far. */
    public List<String> everySaid() {
        List<String> all = new ArrayList<>(said);
        if (log != null) {
            all.addAll(log.lines());
        }
        all.add(printed.toString(UTF_8));
        return all;
    }

    /**
     * Camel itself writes the text of an endpoint as it is given when it makes one, at TRACE, and at DEBUG what of it it does
     * not know to be secret; and at TRACE each value that it sets on a nested object. No component can change that: see "Authentication and TLS" in the manual.
     */
    private static boolean isCamelsOwnTrace(String line) {
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

    /** While what the test has started is still there. */
    @Override
    public void afterTestExecution(ExtensionContext context) throws JMException {
        addJmx();
    }

    /** Adds all attributes of all beans that Camel has in JMX. */
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
        List<String> all = said();
        if (log != null) {
            log.close();
        }
        assertThat(secrets).isNotEmpty();
        assertThat(all.stream().filter(text -> secrets.stream().anyMatch(text::contains)))
                .isEmpty();
    }
}
