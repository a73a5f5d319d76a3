package io.github.camelpushgateway.quarkus.deployment;

import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.PemSslContextParameters;
import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.quarkus.PublisherBeans;
import io.github.camelpushgateway.report.PushgatewayRoutePolicy;
import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.NativeImageEnableAllCharsetsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceDestination;
import org.apache.camel.quarkus.core.deployment.spi.CamelServicePatternBuildItem;

/**
 * Build steps that register the requirements of the component in a native executable which Camel Quarkus does not
 * detect.
 */
final class PushgatewayProcessor {

    private static final String FEATURE = "camel-pushgateway";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /**
     * Registers the classes that properties and routes in YAML or XML name: beans, exceptions, and types with
     * options.
     */
    @BuildStep
    ReflectiveClassBuildItem namedClasses() {
        return ReflectiveClassBuildItem.builder(
                        GatewayConfiguration.class,
                        PemSslContextParameters.class,
                        PushgatewayException.class,
                        PushgatewayPublisher.class,
                        PushgatewayRoutePolicy.class,
                        PushgatewayRoutePolicyFactory.class)
                .methods()
                .reason("named in properties and routes")
                .build();
    }

    /** Adds the bean that registers publishers with the Camel context. */
    @BuildStep
    AdditionalBeanBuildItem publisherBeans() {
        return AdditionalBeanBuildItem.unremovableOf(PublisherBeans.class);
    }

    /** Keeps publishers that no other bean refers to. */
    @BuildStep
    UnremovableBeanBuildItem publishers() {
        return UnremovableBeanBuildItem.beanTypes(PushgatewayPublisher.class);
    }

    /**
     * Registers the records that the consumer and {@code operation=groups} produce, whose accessors the Simple
     * language calls.
     */
    @BuildStep
    ReflectiveClassBuildItem readBySimple() {
        return ReflectiveClassBuildItem.builder(GatewayGroup.class, GroupMetric.class, GroupSample.class)
                .methods()
                .reason("read by Simple")
                .build();
    }

    /** Registers services that Camel finds by name and Camel Quarkus does not search for. */
    @BuildStep
    CamelServicePatternBuildItem services() {
        return new CamelServicePatternBuildItem(
                CamelServiceDestination.DISCOVERY,
                true,
                "META-INF/services/org/apache/camel/dev-console/pushgateway",
                "META-INF/services/org/apache/camel/poll-dynamic/pushgateway");
    }

    /** Registers the settings file of client_java, which an application may have. */
    @BuildStep
    NativeImageResourceBuildItem clientJavaSettings() {
        return new NativeImageResourceBuildItem("prometheus.properties");
    }

    /** Enables TLS for connections to gateways. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /** Initializes the library for PEM when it is used, because it then registers a security provider. */
    @BuildStep
    RuntimeInitializedClassBuildItem pem() {
        return new RuntimeInitializedClassBuildItem("nl.altindag.ssl.pem.util.PemUtils");
    }

    /** Enables all charsets, because a body may be a text in any charset. */
    @BuildStep
    NativeImageEnableAllCharsetsBuildItem characterSets() {
        return new NativeImageEnableAllCharsetsBuildItem();
    }
}
