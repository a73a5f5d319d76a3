package io.github.camelpushgateway.test.infra;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.HttpWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Pushgateway in a container, on a free port of the loopback address. It has no persistence, as is the default of the
 * image. The version is {@value #DEFAULT_VERSION}, or the value of the system property {@value #VERSION_PROPERTY}.
 */
public class PushgatewayContainer extends GenericContainer<PushgatewayContainer> {

    static final String VERSION_PROPERTY = "pushgateway.version";
    static final String DEFAULT_VERSION = "1.11.2";

    private static final int PORT = 9091;
    private static final String PROGRAM = "/bin/pushgateway";
    private static final String CONFIG_FOLDER = "/etc/pushgateway/";

    private final DockerImageName image;
    private final WebConfig webConfig = new WebConfig();
    private final List<String> flags = new ArrayList<>();
    private boolean clientCertificates;
    private String pathPrefix = "";
    private boolean restarts;
    private boolean persistent;

    @Nullable
    private String username;

    @Nullable
    private String password;

    /** Prepares a container with the default version. */
    public PushgatewayContainer() {
        this(defaultVersion());
    }

    private PushgatewayContainer(String version) {
        this(DockerImageName.parse("prom/pushgateway").withTag("v" + version));
    }

    static PushgatewayContainer of(PushgatewaySetup setup) {
        return new PushgatewayContainer(version(setup)).with(setup);
    }

    /** Returns the version that a setup requires, or the default version. */
    static String version(PushgatewaySetup setup) {
        return setup.version().isEmpty() ? defaultVersion() : setup.version();
    }

    private static String defaultVersion() {
        return System.getProperty(VERSION_PROPERTY, DEFAULT_VERSION);
    }

    /** Prepares a container with another image. */
    public PushgatewayContainer(DockerImageName image) {
        super(image);
        this.image = image;
        addExposedPort(PORT);
    }

    /** Requires basic auth. */
    public PushgatewayContainer withBasicAuth(String name, String secret) {
        username = name;
        password = secret;
        webConfig.basicAuth(name, secret);
        return this;
    }

    /** Enables TLS with a certificate and a private key in PEM. */
    public PushgatewayContainer withTls(String certificatePem, String privateKeyPem) {
        webConfig.tls(certificatePem, privateKeyPem);
        return this;
    }

    /**
     * Requires a client certificate that is signed by an authority, whose certificate is passed in PEM. Needs {@link
     * #withTls}.
     */
    public PushgatewayContainer withClientCertificates(String authorityPem) {
        clientCertificates = true;
        webConfig.clientCa(authorityPem);
        return this;
    }

    /** Adds command-line flags, such as {@code --web.enable-admin-api}. */
    public PushgatewayContainer withFlags(String... additional) {
        flags.addAll(List.of(additional));
        return this;
    }

    /** Returns the name of the image. Unlike {@link #getDockerImageName()}, it does not fail if the image does not exist. */
    String imageName() {
        return image.asCanonicalNameString();
    }

    private PushgatewayContainer with(PushgatewaySetup setup) {
        var credentials = setup.credentials();
        if (credentials != null) {
            withBasicAuth(credentials.username(), credentials.password());
        }
        var certificates = setup.certificates();
        if (certificates != null) {
            withTls(certificates.serverCertificatePem(), certificates.serverKeyPem());
            if (setup.clientCertificates()) {
                withClientCertificates(certificates.caPem());
            }
        }
        pathPrefix = setup.pathPrefix();
        restarts = setup.restarts();
        persistent = setup.isPersistent();
        return withFlags(setup.allFlags().toArray(String[]::new));
    }

    @Override
    protected void configure() {
        if (!webConfig.isEmpty()) {
            webConfig
                    .files()
                    .forEach((name, bytes) -> withCopyToContainer(Transferable.of(bytes), CONFIG_FOLDER + name));
            flags.add("--web.config.file=" + CONFIG_FOLDER + WebConfig.NAME);
        }
        setCommand(flags.toArray(String[]::new));
        withCreateContainerCmdModifier(command -> {
            if (restarts) {
                LoopbackPorts.bindFixed(command.getHostConfig(), PORT);
            } else {
                LoopbackPorts.bind(command.getHostConfig(), PORT);
            }
            if (persistent) {
                // the entry point of the image may already contain the persistence flag
                command.withEntrypoint(PROGRAM);
            }
        });
        if (clientCertificates) {
            // the wait strategy cannot present a client certificate
            setWaitStrategy(Wait.forLogMessage(".*Listening on.*", 1));
        } else {
            setWaitStrategy(ready());
        }
    }

    private HttpWaitStrategy ready() {
        HttpWaitStrategy ready = Wait.forHttp(pathPrefix + "/-/ready").forPort(PORT);
        ready.withRateLimiter(PollRate.limiter());
        if (username != null && password != null) {
            ready.withBasicCredentials(username, password);
        }
        return webConfig.isTls() ? ready.usingTls().allowInsecure() : ready;
    }

    /** Returns the base URL of the running gateway. */
    public String url() {
        // the port is published on 127.0.0.1 only, and localhost may resolve to other addresses
        String host = getHost().equals("localhost") ? "127.0.0.1" : getHost();
        return (webConfig.isTls() ? "https" : "http") + "://" + host + ":" + getMappedPort(PORT) + pathPrefix;
    }
}
