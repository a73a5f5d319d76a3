package io.github.camelpushgateway.springboot;

import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Properties that select the routes to report, the endpoint of the reports and their content. */
final class ReportProperties {

    static final String PREFIX = "camel.pushgateway.report";
    private static final String ROUTES = PREFIX + ".routes";
    private static final String URI = PREFIX + ".uri";
    private static final String START = PREFIX + ".report-start";
    private static final String INTERVAL = PREFIX + ".report-interval";
    private static final String COUNTERS = PREFIX + ".report-counters";
    private static final List<String> ALL = List.of(ROUTES, URI, START, INTERVAL, COUNTERS);

    private ReportProperties() {}

    /**
     * Condition that matches if there are routes to report. An empty property counts as unset, so that a profile can
     * disable reports.
     */
    static final class HasRoutes implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return hasRoutes(context.getEnvironment());
        }
    }

    /**
     * Returns whether there are routes to report.
     *
     * @throws IllegalArgumentException if there is an unknown property below the prefix
     */
    static boolean hasRoutes(Environment environment) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(PREFIX);
        ConfigurationPropertyName routes = ConfigurationPropertyName.of(ROUTES);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                iterable.stream()
                        .filter(prefix::isAncestorOf)
                        .filter(name -> !PublisherProperties.isAmong(ALL, name, variable) && !routes.isParentOf(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new IllegalArgumentException(
                                    "unknown property " + name + "; use one of " + String.join(", ", ALL));
                        });
            }
        }
        return !routes(environment).isBlank();
    }

    /** Returns the routes from a text or from a list, as YAML has it. */
    static String routes(Environment environment) {
        return String.join(
                ",",
                Binder.get(environment)
                        .bind(ROUTES, Bindable.listOf(String.class))
                        .orElse(List.of()));
    }

    /**
     * Returns the route policy factory that the properties describe.
     *
     * @throws IllegalArgumentException if a property is invalid
     */
    static PushgatewayRoutePolicyFactory factory(Environment environment) {
        PushgatewayRoutePolicyFactory factory = new PushgatewayRoutePolicyFactory(routes(environment));
        String uri;
        try {
            uri = environment.getProperty(URI);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    URI + " contains ${...}, which Spring Boot resolves; write an expression of Camel as $simple{...}",
                    e);
        }
        if (uri != null && !uri.isBlank()) {
            factory.setUri(uri);
        }
        factory.setReportStart(isTrue(environment, START));
        factory.setReportInterval(text(environment, INTERVAL).orElse(null));
        factory.setReportCounters(isTrue(environment, COUNTERS));
        return factory;
    }

    private static boolean isTrue(Environment environment, String name) {
        return text(environment, name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(name + " is '" + text + "'; write true or false");
                })
                .orElse(false);
    }

    /** Returns the text of a property. An empty property counts as unset. */
    private static Optional<String> text(Environment environment, String name) {
        return Optional.ofNullable(
                        Binder.get(environment).bind(name, String.class).orElse(null))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
