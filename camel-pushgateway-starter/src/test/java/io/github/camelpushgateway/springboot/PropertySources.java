package io.github.camelpushgateway.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Property sources of Spring Boot in order of precedence, with content from a test. */
enum PropertySources {
    SYSTEM_PROPERTIES {
        @Override
        List<PropertySource<?>> read(String text) throws IOException {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            return List.of(new PropertiesPropertySource(
                    StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
        }
    },
    ENVIRONMENT {
        @Override
        List<PropertySource<?>> read(String text) {
            Map<String, Object> variables = text.lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
            return List.of(new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        }
    },
    PROPERTIES_FILE {
        @Override
        List<PropertySource<?>> read(String text) throws IOException {
            return load(new PropertiesPropertySourceLoader(), "application.properties", text);
        }
    },
    YAML_FILE {
        @Override
        List<PropertySource<?>> read(String text) throws IOException {
            return load(new YamlPropertySourceLoader(), "application.yaml", text);
        }
    };

    /**
     * Reads the content of a source.
     *
     * @param text lines of {@code name=value}, or YAML
     */
    abstract List<PropertySource<?>> read(String text) throws IOException;

    private static List<PropertySource<?>> load(PropertySourceLoader loader, String file, String text)
            throws IOException {
        return loader.load(file, new ByteArrayResource(text.getBytes(UTF_8), file));
    }

    /**
     * Returns the environment of an application with only this source.
     *
     * @param text lines of {@code name=value}, or YAML, separated by line ends or by {@code \\n}
     */
    ConfigurableEnvironment environment(String text) throws IOException {
        return environment(Map.of(this, text.replace("\\n", "\n")));
    }

    /** Returns the environment of an application with only the given sources. */
    static ConfigurableEnvironment environment(Map<PropertySources, String> texts) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().stream()
                .map(PropertySource::getName)
                .toList()
                .forEach(environment.getPropertySources()::remove);
        for (PropertySources source : values()) {
            if (texts.containsKey(source)) {
                source.read(texts.get(source)).forEach(environment.getPropertySources()::addLast);
            }
        }
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
