package io.infraai.simulators.prometheus;

import java.util.Map;
import java.util.TreeMap;

/** A metric with its labels, and its value now. */
record Series(String metric, Map<String, String> labels, double value) {

    Series {
        labels = Map.copyOf(labels);
    }

    /** The value of a label; the metric's own name is the label {@code __name__}. */
    String label(String name) {
        return name.equals("__name__") ? metric : labels.getOrDefault(name, "");
    }

    /** All labels in the order of their names, the metric's own name first. */
    Map<String, String> allLabels() {
        var all = new TreeMap<>(labels);
        if (!metric.isEmpty()) {
            all.put("__name__", metric);
        }
        return all;
    }

    boolean sameAs(Series other) {
        return metric.equals(other.metric) && labels.equals(other.labels);
    }
}
