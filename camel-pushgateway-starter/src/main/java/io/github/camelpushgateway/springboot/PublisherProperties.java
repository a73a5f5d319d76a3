package io.github.camelpushgateway.springboot;

import io.github.camelpushgateway.PushgatewayPublisher;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

/** Properties of the publisher of an application. */
final class PublisherProperties {

    static final String PREFIX = "camel.pushgateway.publisher";
    static final String URI = PREFIX + ".uri";
    static final String INTERVAL = PREFIX + ".interval";
    static final String ON_STOP = PREFIX + ".on-stop";

    private static final List<String> NAMES = List.of(URI, INTERVAL, ON_STOP);

    private PublisherProperties() {}

    /** Condition that matches if there is a URI. An empty property counts as unset, so that a profile can disable the publisher. */
    static final class HasUri implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return hasUri(context.getEnvironment());
        }
    }

    /**
     * Returns whether there is a URI.
     *
     * @throws IllegalArgumentException if there is an unknown property below the prefix
     */
    static boolean hasUri(Environment environment) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(PREFIX);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                iterable.stream()
                        .filter(prefix::isAncestorOf)
                        .filter(name -> !isKnown(name, variable))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new IllegalArgumentException(
                                    "unknown property " + name + "; use " + URI + ", " + INTERVAL + " or " + ON_STOP);
                        });
            }
        }
        return get(environment, URI) != null;
    }

    /** Returns whether a property is read. Spring Boot also reads an environment variable with underscores for dashes. */
    private static boolean isKnown(ConfigurationPropertyName name, boolean variable) {
        return isAmong(NAMES, name, variable);
    }

    /** Returns whether a property has one of the names, in a spelling that Spring Boot reads. */
    static boolean isAmong(List<String> names, ConfigurationPropertyName name, boolean variable) {
        return names.stream()
                .anyMatch(known -> name.equals(ConfigurationPropertyName.of(known))
                        || (variable && name.equals(ConfigurationPropertyName.of(known.replace('-', '.')))));
    }

    /** Returns the publisher that the properties describe. Its values are validated when the Camel context starts. */
    static PushgatewayPublisher publisher(Environment environment) {
        PushgatewayPublisher publisher = new PushgatewayPublisher();
        String uri = get(environment, URI);
        String interval = get(environment, INTERVAL);
        String onStop = get(environment, ON_STOP);
        if (uri != null) {
            publisher.setUri(uri);
        }
        if (interval != null) {
            publisher.setInterval(interval);
        }
        if (onStop != null) {
            publisher.setOnStop(onStop);
        }
        return publisher;
    }

    private static @Nullable String get(Environment environment, String name) {
        String value = Binder.get(environment).bind(name, String.class).orElse("");
        return value.isBlank() ? null : value;
    }
}
