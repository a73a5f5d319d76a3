package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.TestCertificates;
import io.github.camelpushgateway.testing.ChildJvm;
import io.github.camelpushgateway.testing.WireServer;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes of a stopped application can be unloaded: no thread, thread local or JVM object refers to them. */
class ClassUnloadingTest {

    private static final int PUSHES = 10;

    @Test
    void classesOfStoppedApplicationAreUnloaded(@TempDir Path folder) throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Path store = folder.resolve("trusted.p12");
        Files.write(store, certificates.pkcs12());
        ServerSocket secure = certificates
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (WireServer plain = new WireServer(WireServer.status(200, ""));
                WireServer tls = new WireServer(secure, WireServer.status(200, ""))) {

            List<String> output = run(plain.url(), "https://127.0.0.1:" + secure.getLocalPort(), store.toString());

            assertThat(output).containsExactly("continued on sender threads", "unloaded", "threads: []");
            assertThat(plain.requests()).hasSize(2 * PUSHES);
            assertThat(tls.requests()).hasSize(2 * PUSHES);
        }
    }

    private static List<String> run(String... arguments) throws Exception {
        return ChildJvm.run(
                Duration.ofMinutes(1),
                List.of(
                        // caches of the JDK hold soft references to classes
                        "-XX:SoftRefLRUPolicyMSPerMB=0"),
                Host.class,
                String.join(" ", arguments));
    }

    /** Starts and stops an application, as an application server does. */
    static final class Host {

        /** JDK 17 retains the class of the record whose {@code equals} was linked last. */
        private record LastLinked(String text) {}

        private Host() {}

        public static void main(String[] arguments) throws Exception {
            WeakReference<ClassLoader> loader = start(arguments[0]);
            System.out.println(
                    new LastLinked("un").equals(new LastLinked("un")) && isUnloaded(loader)
                            ? "unloaded"
                            : "still loaded");
            System.out.println("threads: "
                    + Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("pushgateway-") || name.contains("PushgatewayWorker"))
                            .toList());
        }

        /** Starts the application in a separate method, so that no stack frame refers to its classes. */
        private static WeakReference<ClassLoader> start(String argument) throws Exception {
            try (OtherClassPath application = OtherClassPath.without()) {
                System.out.println(application.run(Application.class, argument));
                return application.reference();
            }
        }

        private static boolean isUnloaded(WeakReference<ClassLoader> loader) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> {
                System.gc();
                return loader.get() == null;
            });
            return true;
        }
    }

    /** Pushes over HTTP and over TLS, and continues on the sender threads. */
    public static final class Application implements UnaryOperator<String> {

        @Override
        public String apply(String argument) {
            String[] arguments = argument.split(" ", -1);
            AtomicBoolean onSender = new AtomicBoolean();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getRegistry().bind("tls", trusting(arguments[2]));
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        String options = "metricName=rows&maxRetries=0&sslContextParameters=#tls&url=";
                        from("direct:in")
                                .to("pushgateway:plain?" + options + arguments[0])
                                .process(exchange -> recordThread(onSender))
                                .toD("pushgateway:plain-${body}?" + options + arguments[0])
                                .to("pushgateway:tls?" + options + arguments[1])
                                .process(exchange -> recordThread(onSender))
                                .toD("pushgateway:tls-${body}?" + options + arguments[1]);
                    }
                });
                context.start();
                for (int i = 0; i < PUSHES; i++) {
                    int number = i;
                    Exchange done = context.createProducerTemplate()
                            .request(
                                    "direct:in",
                                    exchange -> exchange.getMessage().setBody(number));
                    if (done.getException() != null) {
                        return done.getException().toString();
                    }
                }
            } catch (Exception e) {
                return e.toString();
            }
            return onSender.get() ? "continued on sender threads" : "continued elsewhere";
        }

        private static void recordThread(AtomicBoolean onSender) {
            if (Thread.currentThread().getName().contains("-send-")) {
                onSender.set(true);
            }
        }

        private static SSLContextParameters trusting(String store) {
            KeyStoreParameters keys = new KeyStoreParameters();
            keys.setResource("file:" + store);
            keys.setPassword("changeit");
            TrustManagersParameters trust = new TrustManagersParameters();
            trust.setKeyStore(keys);
            SSLContextParameters parameters = new SSLContextParameters();
            parameters.setTrustManagers(trust);
            return parameters;
        }
    }
}
