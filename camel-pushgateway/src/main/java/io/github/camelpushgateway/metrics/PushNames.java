package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of one push, which it escapes. Two names of one push must not become one. Not thread-safe.
 *
 * <p>All names are classic afterwards. With {@link Escaping#UTF8}, they are in the scheme {@code values}, whose inverse is unique, until
 * they are written. Such a gateway escapes names with underscores when a server scrapes it that does not accept UTF-8 names. A label
 * that occurs twice would break this scrape, so names must differ in that form as well.
 */
public final class PushNames {

    private static final String RESERVED = "__";

    /** The prefix of a label's form in the scheme {@code dots}, to tell it from its other form. */
    private static final String DOTS_FORM = "dots:";

    private final Escaping escaping;

    /** The original names of the metrics and of their parts, by {@linkplain #distinct distinct name}. */
    private final Map<String, String> metrics = new HashMap<>();

    /** The original names of metrics by escaped name. */
    private final Map<String, String> originals = new HashMap<>();

    /** The escaped names of labels by original name. */
    private final Map<String, String> labels = new HashMap<>();

    /** The original names of the labels of the grouping key, by each of their {@linkplain #forms forms}. */
    private final Map<String, String> keyLabels = new HashMap<>();

    /**
     * Creates an empty set of names.
     *
     * @param escaping any but {@link Escaping#REJECT}
     */
    public PushNames(Escaping escaping) {
        this.escaping = escaping;
    }

    /**
     * Returns the escaped name of a metric.
     *
     * @throws IllegalArgumentException if the name is invalid, or another metric has the same escaped name
     */
    public String metric(String name) {
        validate("metric", name);
        validateExposed("metric", name);
        String escaped = escape(name, true);
        own(name, name);
        originals.put(escaped, name);
        return escaped;
    }

    /**
     * Returns the escaped name of a counter. It ends with {@code _total}, which is appended if necessary.
     *
     * @throws IllegalArgumentException as for {@link #metric}
     */
    String counter(String name) {
        return metric(NameSuffix.TOTAL.isIn(escape(name, true)) ? name : NameSuffix.TOTAL.append(name));
    }

    /** Returns the escaped name of a metric with one value. */
    String value(String name, MetricType type) {
        return type == MetricType.COUNTER ? counter(name) : metric(name);
    }

    /** Records that a part of a metric, such as its count, has this name. */
    private void own(String name, String metric) {
        String other = metrics.putIfAbsent(distinct(name, true), metric);
        if (other != null && !other.equals(metric)) {
            throw new IllegalArgumentException(Excerpt.message(
                    "the metrics '" + other + "' and '" + metric + "' " + wouldBe(distinct(name, true))));
        }
    }

    /** Returns the original name of an escaped metric, or the name itself if it was not escaped. */
    String original(String escaped) {
        return originals.getOrDefault(escaped, escaped);
    }

    /**
     * Returns the escaped labels of the grouping key.
     *
     * @param <V> the type of the values
     * @throws IllegalArgumentException if a name is invalid, or two labels have the same escaped name
     */
    public <V> Map<String, V> key(Map<String, V> original) {
        original.keySet().forEach(this::validateExposedLabel);
        return selectedKey(original);
    }

    /** Returns the escaped labels of a group, which another client may have pushed. */
    private <V> Map<String, V> selectedKey(Map<String, V> original) {
        Map<String, V> escaped = new LinkedHashMap<>();
        original.forEach((name, value) -> {
            escaped.put(label(name), value);
            for (String form : forms(name)) {
                String other = keyLabels.put(form, name);
                if (other != null && !other.equals(name)) {
                    throw sameLabel("the grouping labels '" + other + "' and '" + name + "'", form);
                }
            }
        });
        return escaped;
    }

    /**
     * Returns the escaped labels that select existing groups. Names that are escaped already are unchanged, as the list of groups
     * contains them.
     *
     * @param <V> the type of the values
     * @throws IllegalArgumentException as for {@link #key}
     */
    public <V> Map<String, V> existingKey(Map<String, V> original) {
        Map<String, V> escaped = new LinkedHashMap<>();
        Map<String, V> others = new LinkedHashMap<>();
        original.forEach((name, value) -> (LabelRules.isEscaped(name) ? escaped : others).put(name, value));
        selectedKey(others).forEach((name, value) -> {
            if (escaped.put(name, value) != null) {
                throw new IllegalArgumentException(
                        Excerpt.message("the grouping label '" + name + "' is given twice, once escaped; remove one"));
            }
        });
        return escaped;
    }

    /**
     * Returns the escaped labels of one series.
     *
     * @param metric the name of the metric, for the message
     * @throws IllegalArgumentException if a name is invalid, or two labels, of which one may be of the grouping key, have the same
     *     escaped name
     */
    Map<String, String> series(String metric, Map<String, String> original) {
        Map<String, String> escaped = new LinkedHashMap<>();
        Map<String, String> own = new HashMap<>();
        original.forEach((name, value) -> escaped.put(series(metric, name, own), value));
        return escaped;
    }

    /**
     * Returns the escaped name of a label of a series.
     *
     * @param own the original names of the labels of this series so far, by each of their forms, to which this one is added
     */
    public String series(String metric, String name, Map<String, String> own) {
        String escaped = label(name);
        validateExposedLabel(name);
        for (String form : forms(name)) {
            String other = own.put(form, name);
            if (other != null && !other.equals(name)) {
                throw sameLabel("the labels '" + other + "' and '" + name + "' of the metric '" + metric + "'", form);
            }
            String grouping = keyLabels.get(form);
            if (grouping != null && !grouping.equals(name)) {
                throw sameLabel(
                        "the grouping label '" + grouping + "' and the label '" + name + "' of the metric '" + metric
                                + "'",
                        form);
            }
        }
        return escaped;
    }

    private IllegalArgumentException sameLabel(String labels, String form) {
        boolean isDots = form.startsWith(DOTS_FORM);
        return new IllegalArgumentException(Excerpt.message(labels + " "
                + (isDots
                        ? "would both be '" + form.substring(DOTS_FORM.length())
                                + "' for a Prometheus that escapes names with dots; rename one of them"
                        : wouldBe(form))));
    }

    /**
     * Returns the forms in which a label must differ from other labels. A gateway that allows UTF-8 names escapes them with the scheme
     * that the server wants which scrapes it, and does not change the underscores of classic names.
     */
    private List<String> forms(String name) {
        return escaping == Escaping.UTF8
                ? List.of(
                        distinct(name, false),
                        DOTS_FORM + (ClassicNames.isLabelName(name) ? name : NameCodec.dots(name, false)))
                : List.of(distinct(name, false));
    }

    private String wouldBe(String name) {
        return (escaping == Escaping.UTF8
                        ? "would both be '" + name + "' for a Prometheus that does not accept UTF-8 names"
                        : "would both be sent as '" + name + "' with escaping=" + escaping)
                + "; rename one of them";
    }

    private String label(String name) {
        String known = labels.get(name);
        if (known == null) {
            known = escapedLabel(name);
            labels.put(name, known);
        }
        return known;
    }

    private String escapedLabel(String name) {
        validate("label", name);
        if (name.startsWith(RESERVED)) {
            throw LabelRules.reserved(name);
        }
        String escaped = escape(name, false);
        try {
            if (usesCodes()) {
                LabelRules.validateRequestName(escaped);
            } else {
                LabelRules.validateName(escaped);
            }
        } catch (IllegalArgumentException e) {
            throw escaped.equals(name)
                    ? e
                    : new IllegalArgumentException(
                            Excerpt.message("the label '" + name + "' cannot be escaped with escaping=" + escaping
                                    + ": " + e.getMessage()),
                            e);
        }
        return escaped;
    }

    /** Returns the metrics with escaped names. */
    public MetricSnapshots metrics(MetricSnapshots original) {
        List<MetricSnapshot> escaped = new ArrayList<>(original.size());
        for (MetricSnapshot family : original) {
            escaped.add(metric(family));
        }
        return new MetricSnapshots(escaped);
    }

    private MetricSnapshot metric(MetricSnapshot family) {
        String name = originalOf(family);
        String escaped = metric(name);
        ownParts(name, family);
        Map<String, String> own = new HashMap<>();
        if (family instanceof StateSetSnapshot) {
            // the label of the states has the name of the metric
            series(name, name, own);
        }
        return RenamedFamilies.of(
                family,
                escaped,
                each -> labels(name, each, new HashMap<>(own)),
                each -> labels("exemplar of " + name, each, new HashMap<>()));
    }

    /** Returns the exposed name. A counter {@code requests.total} needs no suffix. */
    private String originalOf(MetricSnapshot family) {
        String name = ExposedNames.nameOf(family);
        if (NameSuffix.of(family) != NameSuffix.TOTAL) {
            return name;
        }
        String original = ModelNames.original(family.getMetadata());
        return NameSuffix.TOTAL.isIn(escape(original, true)) ? original : name;
    }

    private boolean usesCodes() {
        return escaping == Escaping.VALUES || escaping == Escaping.UTF8;
    }

    /** Records the names of the parts of a histogram or a summary. With the other schemes, no escaped name is that of a part. */
    public void ownParts(String name, MetricSnapshot family) {
        if (escaping != Escaping.UNDERSCORES && escaping != Escaping.UTF8) {
            return;
        }
        if (family instanceof HistogramSnapshot) {
            own(name + "_bucket", name);
        }
        if (family instanceof HistogramSnapshot || family instanceof SummarySnapshot) {
            own(name + "_count", name);
            own(name + "_sum", name);
        }
    }

    private Labels labels(String metric, Labels original, Map<String, String> own) {
        if (original.isEmpty()) {
            return original;
        }
        Map<String, String> byName = new LinkedHashMap<>();
        boolean isChanged = false;
        for (Label label : original) {
            String escaped = series(metric, label.getName(), own);
            isChanged |= !escaped.equals(label.getName());
            byName.put(escaped, label.getValue());
        }
        return isChanged ? toLabels(byName) : original;
    }

    /** Returns labels. */
    static Labels toLabels(Map<String, String> labels) {
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    private static void validate(String what, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("the name of a " + what + " is empty; set a name");
        }
        LabelRules.validateText(() -> "the name of the " + what + " '" + name + "'", name);
    }

    /** Rejects a character at which the scrape of the whole gateway would end: the parser of Prometheus 3 takes it for the end. */
    private void validateExposed(String what, String name) {
        if (escaping == Escaping.UTF8 && name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(Excerpt.message("the name of the " + what + " '" + name
                    + "' contains the character U+0000, with which Prometheus cannot scrape the gateway; remove it"));
        }
    }

    /**
     * Rejects a label with which Prometheus could not scrape the gateway, although the gateway accepts it: in each of its forms, a gateway
     * exposes a colon without quotation marks, as if labels could contain it.
     */
    private void validateExposedLabel(String name) {
        if (usesCodes() && !NameCodec.original(name).equals(name)) {
            throw new IllegalArgumentException(Excerpt.message("the label '" + name + "' is the escaped form of '"
                    + NameCodec.original(name) + "'; write the name that is not escaped"));
        }
        if (escaping != Escaping.UTF8) {
            return;
        }
        validateExposed("label", name);
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException(Excerpt.message("the label '" + name
                    + "' contains a colon, with which Prometheus cannot scrape the gateway; rename it, or use"
                    + " escaping=values"));
        }
        if (!ClassicNames.isLabelName(name) && NameCodec.dots(name, false).equals(LabelRules.METRIC_NAME)) {
            throw new IllegalArgumentException(Excerpt.message("the label '" + name + "' would be '"
                    + LabelRules.METRIC_NAME + "' for a Prometheus that escapes names with dots; rename it"));
        }
    }

    private String escape(String name, boolean isMetric) {
        return switch (escaping) {
            case REJECT -> name;
            case UNDERSCORES -> NameCodec.underscores(name, isMetric);
            case DOTS -> NameCodec.dots(name, isMetric);
            case VALUES, UTF8 -> NameCodec.values(name, isMetric);
        };
    }

    /** Returns the form in which the name must differ from others. */
    private String distinct(String name, boolean isMetric) {
        return escaping == Escaping.UTF8 ? NameCodec.underscores(name, isMetric) : escape(name, isMetric);
    }

    /** Returns the name under which a gateway stores a metric that is pushed with this name. */
    public String stored(String name) {
        return escaping == Escaping.UTF8 ? name : escape(name, true);
    }
}
