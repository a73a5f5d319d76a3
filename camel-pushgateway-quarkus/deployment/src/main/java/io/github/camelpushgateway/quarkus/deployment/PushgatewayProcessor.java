package io.github.camelpushgateway.quarkus.deployment;

import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.report.PushgatewayRoutePolicy;
import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.NativeImageEnableAllCharsetsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceDestination;
import org.apache.camel.quarkus.core.deployment.spi.CamelServicePatternBuildItem;

/** Registers what a native executable needs of the component, beyond what Camel Quarkus finds by itself. */
final class PushgatewayProcessor {

    private static final String FEATURE = "camel-pushgateway";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** What properties and routes in YAML or XML name: beans, exceptions, and options of beans. */
    @BuildStep
    ReflectiveClassBuildItem namedClasses() {
        return ReflectiveClassBuildItem.builder(
                        GatewayConfiguration.class,
                        PushgatewayException.class,
                        PushgatewayRoutePolicy.class,
                        PushgatewayRoutePolicyFactory.class)
                .methods()
                .reason("named in properties and routes")
                .build();
    }

    /** The records that the consumer and {@code operation=groups} produce, which the language Simple reads. */
    @BuildStep
    ReflectiveClassBuildItem readBySimple() {
        return ReflectiveClassBuildItem.builder(GatewayGroup.class, GroupMetric.class, GroupSample.class)
                .methods()
                .reason("read by Simple")
                .build();
    }

    /** What Camel finds by these names, and Camel Quarkus does not look for. */
    @BuildStep
    CamelServicePatternBuildItem services() {
        return new CamelServicePatternBuildItem(
                CamelServiceDestination.DISCOVERY,
                true,
                "META-INF/services/org/apache/camel/dev-console/pushgateway",
                "META-INF/services/org/apache/camel/poll-dynamic/pushgateway");
    }

    /** Settings of client_java, if the application has any. */
    @BuildStep
    NativeImageResourceBuildItem clientJavaSettings() {
        return new NativeImageResourceBuildItem("prometheus.properties");
    }

    /** For gateways with TLS. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /** A body may be a text in any character set. */
    @BuildStep
    NativeImageEnableAllCharsetsBuildItem characterSets() {
        return new NativeImageEnableAllCharsetsBuildItem();
    }
}
