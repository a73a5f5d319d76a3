package io.github.camelpushgateway.springboot;

import io.github.camelpushgateway.PushgatewayComponent;
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
 * Sets the options of the component by {@code camel.component.pushgateway.*}, and reports the runs of routes if {@code
 * camel.pushgateway.report.routes} says which.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
public class PushgatewayAutoConfiguration {

    static final String COMPONENT = "camel.component.pushgateway";

    /** Returns what sets the options when Camel makes the component. */
    @Lazy
    @Bean
    @ConditionalOnHierarchicalProperties({"camel.component", COMPONENT})
    public ComponentCustomizer configurePushgatewayComponent(ApplicationContext application) {
        return ComponentCustomizer.builder(PushgatewayComponent.class)
                .withCondition((name, component) -> HierarchicalPropertiesEvaluator.evaluate(
                        application, "camel.component.customizer", COMPONENT + ".customizer"))
                .build(component -> new ComponentOptions(application.getEnvironment(), COMPONENT).set(component));
    }

    /** Returns what has Camel make the component when the application starts: what is wrong with the options is said then. */
    @Bean
    @ConditionalOnHierarchicalProperties({"camel.component", COMPONENT})
    public CamelContextConfiguration pushgatewayOptionsAreChecked() {
        return new StartCheck();
    }

    /** Returns what reports the routes that the property names, unless it is empty. */
    @Bean
    @Conditional(ReportProperties.NameRoutes.class)
    public PushgatewayRoutePolicyFactory pushgatewayReports(ApplicationContext application) {
        return ReportProperties.factory(application.getEnvironment());
    }
}
