package io.github.camelpushgateway.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The rules for the files in {@code .github}, as far as they can be checked without GitHub. Sources: "Workflow syntax for
 * GitHub Actions", "Syntax for GitHub's form schema" and "Dependabot options reference" in the documentation of GitHub.
 */
final class GithubFiles {

    private static final Map<String, Set<String>> FORM_ATTRIBUTES = Map.of(
            "markdown", Set.of("value"),
            "input", Set.of("label", "description", "placeholder", "value"),
            "textarea", Set.of("label", "description", "placeholder", "value", "render"),
            "dropdown", Set.of("label", "description", "multiple", "options", "default"),
            "checkboxes", Set.of("label", "description", "options"));

    private static final Set<String> FORM_KEYS =
            Set.of("name", "description", "title", "labels", "assignees", "projects", "type", "body");

    private static final Set<String> UPDATE_KEYS = Set.of(
            "package-ecosystem", "directory", "schedule", "groups", "ignore", "labels", "open-pull-requests-limit");

    private static final Set<String> JOB_KEYS = Set.of(
            "name",
            "needs",
            "if",
            "runs-on",
            "timeout-minutes",
            "strategy",
            "environment",
            "permissions",
            "services",
            "env",
            "concurrency",
            "steps");

    private static final Set<String> STEP_KEYS =
            Set.of("name", "id", "if", "uses", "with", "run", "env", "shell", "working-directory", "timeout-minutes");

    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");

    private static final Pattern SCRIPT = Pattern.compile("(?m)(?<![\\w/.])(?:\\./)?(\\.ci/[\\w-]+|mvnw)\\b");

    private final Path root;

    private final List<String> problems = new ArrayList<>();

    private String file = "";

    private GithubFiles(Path root) {
        this.root = root;
    }

    /** The problems of all files in {@code .github}; empty if there are none. */
    static List<String> problems(Path root) throws IOException {
        GithubFiles files = new GithubFiles(root);
        try (Stream<Path> paths = Files.walk(root.resolve(".github"))) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                files.check(path);
            }
        }
        return List.copyOf(files.problems);
    }

    private void check(Path path) throws IOException {
        file = root.relativize(path).toString().replace('\\', '/');
        if (!file.endsWith(".yml")) {
            require(!file.endsWith(".yaml"), "the name should end with .yml");
            return;
        }
        Map<?, ?> content;
        try {
            content =
                    map(new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(Files.readString(path)));
        } catch (YamlEngineException e) {
            problems.add(file + ": " + e.getMessage());
            return;
        }
        if (file.startsWith(".github/workflows/")) {
            checkWorkflow(content);
        } else if (file.equals(".github/ISSUE_TEMPLATE/config.yml")) {
            checkChooser(content);
        } else if (file.startsWith(".github/ISSUE_TEMPLATE/")) {
            checkForm(content);
        } else if (file.equals(".github/dependabot.yml")) {
            checkDependabot(content);
        } else {
            problems.add(file + ": no check knows this file");
        }
    }

    private void checkWorkflow(Map<?, ?> workflow) {
        onlyKeys("the workflow", workflow, Set.of("name", "on", "permissions", "concurrency", "env", "jobs"));
        require(!map(workflow.get("on")).isEmpty(), "no event starts the workflow");
        require(workflow.get("permissions") != null, "the workflow has no permissions");
        Map<?, ?> jobs = map(workflow.get("jobs"));
        require(!jobs.isEmpty(), "there are no jobs");
        jobs.forEach((name, value) -> {
            Map<?, ?> job = map(value);
            onlyKeys("the job " + name, job, JOB_KEYS);
            require(job.get("runs-on") instanceof String, "the job " + name + " has no runs-on");
            require(job.get("timeout-minutes") instanceof Integer, "the job " + name + " has no timeout-minutes");
            List<?> steps = list(job.get("steps"));
            require(!steps.isEmpty(), "the job " + name + " has no steps");
            steps.forEach(step -> checkStep("a step of the job " + name, map(step)));
        });
    }

    private void checkStep(String place, Map<?, ?> step) {
        onlyKeys(place, step, STEP_KEYS);
        require(step.containsKey("uses") != step.containsKey("run"), place + " should have either uses or run");
        if (step.get("uses") instanceof String action) {
            require(PINNED.matcher(action).matches(), place + " uses " + action + ", which has no digest of a commit");
        }
        if (step.get("run") instanceof String command) {
            SCRIPT.matcher(command)
                    .results()
                    .map(MatchResult::group)
                    .forEach(script -> require(
                            Files.isExecutable(root.resolve(script)),
                            place + " runs " + script + ", which is no program"));
        }
    }

    private void checkChooser(Map<?, ?> chooser) {
        onlyKeys("the file", chooser, Set.of("blank_issues_enabled", "contact_links"));
        require(chooser.get("blank_issues_enabled") instanceof Boolean, "blank_issues_enabled should be true or false");
        for (Object link : list(chooser.get("contact_links"))) {
            Set.of("name", "url", "about").forEach(key -> requireText("a contact link", map(link), key));
        }
    }

    private void checkForm(Map<?, ?> form) {
        onlyKeys("the form", form, FORM_KEYS);
        requireText("the form", form, "name");
        requireText("the form", form, "description");
        List<?> body = list(form.get("body"));
        Set<Object> ids = new HashSet<>();
        Set<Object> labels = new HashSet<>();
        for (Object value : body) {
            Map<?, ?> field = map(value);
            String type = String.valueOf(field.get("type"));
            Map<?, ?> attributes = map(field.get("attributes"));
            String place = "the field " + attributes.get("label");
            onlyKeys(place, field, Set.of("type", "id", "attributes", "validations"));
            require(FORM_ATTRIBUTES.containsKey(type), place + " has the unknown type " + type);
            onlyKeys(place, attributes, FORM_ATTRIBUTES.getOrDefault(type, Set.of()));
            if (type.equals("markdown")) {
                requireText("a text", attributes, "value");
                continue;
            }
            requireText("a field", attributes, "label");
            require(labels.add(attributes.get("label")), "two fields have the label " + attributes.get("label"));
            require(
                    field.get("id") instanceof String id && id.matches("[A-Za-z0-9_-]+") && ids.add(id),
                    place + " has no id, or that of another field");
            Map<?, ?> validations = map(field.get("validations"));
            onlyKeys(place, validations, Set.of("required"));
            require(
                    validations.isEmpty() || validations.get("required") instanceof Boolean,
                    place + ": required should be true or false");
            if (type.equals("dropdown") || type.equals("checkboxes")) {
                List<?> options = list(attributes.get("options"));
                require(
                        !options.isEmpty() && new HashSet<>(options).size() == options.size(),
                        place + " has no options, or one twice");
            }
        }
        require(!ids.isEmpty(), "the form has no fields");
    }

    private void checkDependabot(Map<?, ?> dependabot) throws IOException {
        onlyKeys("the file", dependabot, Set.of("version", "updates"));
        require(Integer.valueOf(2).equals(dependabot.get("version")), "version should be 2");
        List<?> updates = list(dependabot.get("updates"));
        require(!updates.isEmpty(), "there are no updates");
        Set<Object> ecosystems = new HashSet<>();
        for (Object value : updates) {
            Map<?, ?> update = map(value);
            Object ecosystem = update.get("package-ecosystem");
            String place = "the update of " + ecosystem;
            onlyKeys(place, update, UPDATE_KEYS);
            require(Set.of("maven", "github-actions").contains(String.valueOf(ecosystem)), place + " is unknown");
            require(ecosystems.add(ecosystem), place + " is there twice");
            require(
                    update.get("directory") instanceof String directory
                            && directory.startsWith("/")
                            && Files.isDirectory(root.resolve(directory.substring(1))),
                    place + " has no directory of the repository");
            require(
                    Set.of("daily", "weekly", "monthly")
                            .contains(String.valueOf(map(update.get("schedule")).get("interval"))),
                    place + " has no interval");
            map(update.get("groups"))
                    .forEach((name, group) -> require(
                            !list(map(group).get("patterns")).isEmpty(), "the group " + name + " has no patterns"));
            list(update.get("ignore")).forEach(ignored -> requireText(place, map(ignored), "dependency-name"));
        }
    }

    private void onlyKeys(String place, Map<?, ?> map, Set<String> known) {
        map.keySet().forEach(key -> require(known.contains(key), place + " has the unknown key " + key));
    }

    private void requireText(String place, Map<?, ?> map, String key) {
        require(map.get(key) instanceof String text && !text.isBlank(), place + " has no text for " + key);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(file + ": " + problem);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
