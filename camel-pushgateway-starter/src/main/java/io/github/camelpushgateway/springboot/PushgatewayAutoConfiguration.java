package io.github.camelpushgateway.springboot;

import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration that sets the options of the component from {@code camel.component.pushgateway.*}, reports the
 * runs of the routes in {@code camel.pushgateway.report.routes}, and publishes the registry in {@code
 * camel.pushgateway.publisher.uri}.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
public class PushgatewayAutoConfiguration {

    static final String COMPONENT = "camel.component.pushgateway";

    /** Returns the customizer that sets the options when Camel creates the component. */
    @Lazy
    @Bean
    @ConditionalOnHierarchicalProperties({"camel.component", COMPONENT})
    public ComponentCustomizer configurePushgatewayComponent(ApplicationContext application) {
        return ComponentCustomizer.builder(PushgatewayComponent.class)
                .withCondition((name, component) -> HierarchicalPropertiesEvaluator.evaluate(
                        application, "camel.component.customizer", COMPONENT + ".customizer"))
                .build(component -> new ComponentOptions(application.getEnvironment(), COMPONENT).set(component));
    }

    /**
     * Returns the configuration that creates the component when the application starts, so that invalid options are
     * detected at that time.
     */
    @Bean
    @ConditionalOnHierarchicalProperties({"camel.component", COMPONENT})
    public CamelContextConfiguration pushgatewayOptionValidation() {
        return new StartCheck();
    }

    /** Returns the policy factory that reports the routes in the property, unless the property is empty. */
    @Bean
    @Conditional(ReportProperties.HasRoutes.class)
    public PushgatewayRoutePolicyFactory pushgatewayReports(ApplicationContext application) {
        return ReportProperties.factory(application.getEnvironment());
    }

    /**
     * Returns the publisher with the URI in the property, unless the property is empty. No other bean refers to it, so it
     * is never lazy.
     */
    @Lazy(false)
    @Bean
    @Conditional(PublisherProperties.HasUri.class)
    public PushgatewayPublisher pushgatewayPublisher(ApplicationContext application) {
        return PublisherProperties.publisher(application.getEnvironment());
    }
}
