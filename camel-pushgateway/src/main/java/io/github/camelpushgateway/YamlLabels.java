package io.github.camelpushgateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceAware;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds labels that have a dash where a route in YAML names them. Camel turns the key {@code labels.my-label} into
 * {@code labels.myLabel} before the component sees it, and {@code myLabel} is a legal label, so only the YAML itself can tell.
 */
final class YamlLabels {

    private static final String DASH = "-";

    /** The only form that a name with a dash can have after Camel has read it. */
    private static final Pattern WITHOUT_DASH = Pattern.compile(".+\\p{Lu}.*");

    private final CamelContext context;
    private final OptionNames names;

    YamlLabels(CamelContext context, OptionNames names) {
        this.context = context;
        this.names = names;
    }

    /**
     * Checks the labels of an endpoint.
     *
     * @param labels the names, as Camel passes them
     * @throws IllegalArgumentException if one of them has a dash in a route in YAML
     */
    void check(Collection<String> labels) {
        List<String> suspects =
                labels.stream().filter(WITHOUT_DASH.asMatchPredicate()).toList();
        if (!suspects.isEmpty()) {
            resources().forEach((location, resource) -> {
                for (Object document : Documents.of(resource)) {
                    checkNode(location, document, suspects);
                }
            });
        }
    }

    /** Returns where all YAML comes from that the model of the context was read from. */
    private Map<String, Resource> resources() {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        List<ResourceAware> definitions = new ArrayList<>(model.getRouteDefinitions());
        definitions.addAll(model.getRouteTemplateDefinitions());
        definitions.addAll(model.getRouteConfigurationDefinitions());
        Map<String, Resource> resources = new LinkedHashMap<>();
        for (ResourceAware definition : definitions) {
            Resource resource = definition.getResource();
            if (resource != null && resource.getLocation().endsWith(".yaml") && resource.exists()) {
                resources.put(resource.getLocation(), resource);
            }
        }
        return resources;
    }

    private void checkNode(String location, Object node, List<String> suspects) {
        if (node instanceof List<?> list) {
            list.forEach(each -> checkNode(location, each, suspects));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("parameters") && value instanceof Map<?, ?> parameters) {
                    checkParameters(location, parameters, suspects);
                }
                checkNode(location, value, suspects);
            });
        }
    }

    private void checkParameters(String location, Map<?, ?> parameters, List<String> suspects) {
        parameters.forEach((key, value) -> {
            String option = names.canonical(String.valueOf(key));
            if (option == null) {
                return;
            }
            int dot = option.indexOf('.');
            String name = dot < 0 ? option : option.substring(0, dot);
            if (!name.equals("labels") && !name.equals("groupingKey")) {
                return;
            }
            if (dot > 0) {
                checkLabel(location, option.substring(dot + 1), suspects);
            } else if (value instanceof Map<?, ?> labels) {
                labels.keySet().forEach(label -> checkLabel(location, String.valueOf(label), suspects));
            }
        });
    }

    private static void checkLabel(String location, String label, List<String> suspects) {
        if (label.contains(DASH) && suspects.contains(StringHelper.dashToCamelCase(label))) {
            throw new IllegalArgumentException("the label " + label + " in " + location
                    + " has a dash, which labels of Prometheus cannot have; write "
                    + label.replace('-', '_'));
        }
    }

    /** Needs the library that Camel's YAML DSL brings: an application that has routes in Java alone may not have it. */
    private static final class Documents {

        private Documents() {}

        /** Returns nothing if they cannot be read: Camel itself has read them, perhaps from a file that is gone now. */
        static List<Object> of(Resource resource) {
            List<Object> documents = new ArrayList<>();
            try (InputStream in = resource.getInputStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(documents::add);
            } catch (IOException | YamlEngineException e) {
                return List.of();
            }
            return documents;
        }
    }
}
