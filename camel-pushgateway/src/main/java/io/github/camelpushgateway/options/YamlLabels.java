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
 * Finds labels that have a dash where YAML names them. Camel turns the key {@code labels.my-label} into {@code labels.myLabel}
 * before the component sees it, and {@code myLabel} is a legal label, so only the YAML itself can tell.
 */
public final class YamlLabels {

    /** What a character after a dash can become. */
    private static final Pattern MAY_HAVE_LOST_A_DASH = Pattern.compile(".*[\\p{Lu}\\d].*");

    /** Those that were checked while the context runs: an endpoint of {@code toD} does not read all YAML again. */
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    /**
     * Checks the labels of an endpoint.
     *
     * @param names the options of the component
     * @param scheme that of the endpoint's URI
     * @param labels the names, as Camel passes them
     * @throws IllegalArgumentException if one of them has a dash in YAML of this context
     */
    public void check(CamelContext context, OptionNames names, String scheme, Collection<String> labels) {
        List<String> suspects = labels.stream()
                .filter(MAY_HAVE_LOST_A_DASH.asMatchPredicate())
                .filter(label -> !context.isStarted() || !checked.contains(label))
                .toList();
        if (!suspects.isEmpty()) {
            try {
                new Yaml(names, scheme, suspects).check(context);
            } catch (NoClassDefFoundError e) {
                // without the model of routes, or a parser of YAML, there is no YAML
            }
        }
        if (context.isStarted()) {
            checked.addAll(suspects);
        }
    }

    /** Needs libraries that Camel's YAML DSL brings: an application whose routes are in Java may not have them. */
    private static final class Yaml {

        /** Kamelets pass their parameters on; {@code language} evaluates a URI. */
        private static final Set<String> PASS_ON = Set.of("kamelet", "language");

        private static final Pattern SCHEME = Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9+.-]*)(:.*)?", Pattern.DOTALL);

        private final OptionNames names;
        private final String scheme;
        private final List<String> suspects;

        Yaml(OptionNames names, String scheme, List<String> suspects) {
            this.names = names;
            this.scheme = scheme;
            this.suspects = suspects;
        }

        void check(CamelContext context) {
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
            resources.values().forEach(this::check);
        }

        /** Finds nothing in what cannot be read: Camel itself has read it, perhaps from a file that is gone now. */
        private void check(Resource resource) {
            try (InputStream in = resource.getInputStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                // as Camel reads it, which takes duplicate keys and unknown tags
                for (Node document : new Compose(LoadSettings.builder().build()).composeAllFromString(text)) {
                    check(document, resource.getLocation());
                }
            } catch (IOException | YamlEngineException e) {
                // nothing to find
            }
        }

        private void check(Node node, String location) {
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(each -> check(each, location));
            } else if (node instanceof MappingNode map) {
                boolean isOther = map.getValue().stream().anyMatch(Yaml.this::isOfOtherComponent);
                for (NodeTuple entry : map.getValue()) {
                    String key = text(entry.getKeyNode());
                    // the second in a Pipe, and in a bean
                    if (!isOther && (key.equals("parameters") || key.equals("properties"))) {
                        checkParameters(entry.getValueNode(), location);
                    }
                    check(entry.getValueNode(), location);
                }
            }
        }

        private boolean isOfOtherComponent(NodeTuple entry) {
            if (!text(entry.getKeyNode()).equals("uri")) {
                return false;
            }
            Matcher uri = SCHEME.matcher(text(entry.getValueNode()));
            return uri.matches() && !uri.group(1).equals(scheme) && !PASS_ON.contains(uri.group(1));
        }

        private void checkParameters(Node node, String location) {
            if (!(node instanceof MappingNode parameters)) {
                return;
            }
            for (NodeTuple parameter : parameters.getValue()) {
                String option = names.canonical(text(parameter.getKeyNode()));
                if (option != null && option.matches("(labels|groupingKey)\\..*")) {
                    checkLabel(option.substring(option.indexOf('.') + 1), location);
                } else if (("labels".equals(option) || "groupingKey".equals(option))
                        && parameter.getValueNode() instanceof MappingNode labels) {
                    labels.getValue().forEach(label -> checkLabel(text(label.getKeyNode()), location));
                }
            }
        }

        private void checkLabel(String label, String location) {
            if (label.indexOf('-') >= 0 && suspects.contains(StringHelper.dashToCamelCase(label))) {
                throw new IllegalArgumentException("the label " + label + " in " + URISupport.sanitizeUri(location)
                        + " has a dash, which labels of Prometheus cannot have; write " + label.replace('-', '_'));
            }
        }

        private static String text(@Nullable Node node) {
            return node instanceof ScalarNode scalar ? scalar.getValue() : "";
        }
    }
}
