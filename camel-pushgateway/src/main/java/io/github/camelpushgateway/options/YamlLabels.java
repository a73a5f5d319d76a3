package io.github.camelpushgateway.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceAware;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Detection of labels with a dash in YAML. Camel turns the key {@code labels.my-label} into {@code labels.myLabel}
 * before the component receives it. Because {@code myLabel} is a valid label, only the YAML source shows the dash.
 */
public final class YamlLabels {

    /** Matches a name with a character that may have followed a dash. */
    private static final String MAY_HAVE_LOST_A_DASH = ".*[\\p{Lu}\\d].*";

    /**
     * Labels that were validated while the context runs, so that an endpoint of {@code toD} does not read all YAML
     * again.
     */
    private final Set<String> validated = ConcurrentHashMap.newKeySet();

    /**
     * Validates the labels of an endpoint.
     *
     * @param names the names of the component's options
     * @param scheme the scheme of the endpoint's URI
     * @param labels the names, as Camel passes them
     * @throws IllegalArgumentException if one of them has a dash in the YAML of this context
     */
    public void validate(CamelContext context, OptionNames names, String scheme, Collection<String> labels) {
        List<String> suspects = new ArrayList<>();
        for (String label : labels) {
            if (label.matches(MAY_HAVE_LOST_A_DASH) && (!context.isStarted() || !validated.contains(label))) {
                suspects.add(label);
            }
        }
        if (!suspects.isEmpty()) {
            try {
                new Yaml(names, scheme, suspects).validate(context);
            } catch (NoClassDefFoundError e) {
                // without the route model or a YAML parser, there is no YAML to read
            }
        }
        if (context.isStarted()) {
            validated.addAll(suspects);
        }
    }

    /**
     * Search in YAML. It needs libraries of Camel's YAML DSL, which an application with routes in Java may not have.
     */
    private static final class Yaml {

        /**
         * Schemes of other components that may still create an endpoint: kamelets pass their parameters on, and
         * {@code language} evaluates a URI.
         */
        private static final Set<String> FORWARDING_SCHEMES = Set.of("kamelet", "language");

        private static final Pattern SCHEME = Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9+.-]*)(:.*)?", Pattern.DOTALL);

        private final OptionNames names;
        private final String scheme;
        private final List<String> suspects;

        Yaml(OptionNames names, String scheme, List<String> suspects) {
            this.names = names;
            this.scheme = scheme;
            this.suspects = suspects;
        }

        void validate(CamelContext context) {
            Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
            if (model == null) {
                return;
            }
            List<ResourceAware> definitions = new ArrayList<>(model.getRouteDefinitions());
            definitions.addAll(model.getRouteTemplateDefinitions());
            definitions.addAll(model.getRouteConfigurationDefinitions());
            Map<String, Resource> resources = new LinkedHashMap<>();
            for (ResourceAware definition : definitions) {
                Resource resource = definition.getResource();
                if (resource != null && resource.getLocation().endsWith(".yaml")) {
                    resources.put(resource.getLocation(), resource);
                }
            }
            resources.values().forEach(this::validate);
        }

        /**
         * Validates the labels in one resource. A resource that cannot be read is skipped: Camel itself has read it,
         * perhaps from a file that no longer exists.
         */
        private void validate(Resource resource) {
            try (InputStream in = resource.getInputStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                // same parser as Camel, which accepts duplicate keys and unknown tags
                for (Node document : new Compose(LoadSettings.builder().build()).composeAllFromString(text)) {
                    validate(document, resource.getLocation());
                }
            } catch (IOException | YamlEngineException e) {
                // the resource is skipped
            }
        }

        private void validate(Node node, String location) {
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(each -> validate(each, location));
            } else if (node instanceof MappingNode map) {
                boolean isOther = map.getValue().stream().anyMatch(Yaml.this::isOfOtherComponent);
                for (NodeTuple entry : map.getValue()) {
                    String key = text(entry.getKeyNode());
                    // a Pipe and a bean use properties
                    if (!isOther && (key.equals("parameters") || key.equals("properties"))) {
                        validateParameters(entry.getValueNode(), location);
                    }
                    validate(entry.getValueNode(), location);
                }
            }
        }

        private boolean isOfOtherComponent(NodeTuple entry) {
            if (!text(entry.getKeyNode()).equals("uri")) {
                return false;
            }
            Matcher uri = SCHEME.matcher(text(entry.getValueNode()));
            return uri.matches() && !uri.group(1).equals(scheme) && !FORWARDING_SCHEMES.contains(uri.group(1));
        }

        private void validateParameters(Node node, String location) {
            if (!(node instanceof MappingNode parameters)) {
                return;
            }
            for (NodeTuple parameter : parameters.getValue()) {
                String option = names.canonical(text(parameter.getKeyNode()));
                if (option != null && option.matches("(labels|groupingKey)\\..*")) {
                    validateLabel(option.substring(option.indexOf('.') + 1), location);
                } else if (("labels".equals(option) || "groupingKey".equals(option))
                        && parameter.getValueNode() instanceof MappingNode labels) {
                    labels.getValue().forEach(label -> validateLabel(text(label.getKeyNode()), location));
                }
            }
        }

        private void validateLabel(String label, String location) {
            if (label.indexOf('-') >= 0 && suspects.contains(StringHelper.dashToCamelCase(label))) {
                throw new IllegalArgumentException("the label " + label + " in " + URISupport.sanitizeUri(location)
                        + " contains a dash, which Prometheus does not allow in labels; write "
                        + label.replace('-', '_'));
            }
        }

        private static String text(@Nullable Node node) {
            return node instanceof ScalarNode scalar ? scalar.getValue() : "";
        }
    }
}
