package io.infraai.benchmarks.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;

/** Every policy in turn, which also says what is right. */
final class Scan implements Contender {

    private final List<Rule> rules;
    private final AlertReader reader = new AlertReader();

    Scan(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public int count(JsonAlert alert) {
        return matching(alert).size();
    }

    @Override
    public Set<Long> ids(JsonAlert alert) {
        return new HashSet<>(matching(alert));
    }

    private List<Long> matching(JsonAlert json) {
        var alert = reader.read(json.bytes());
        var found = new ArrayList<Long>();
        for (var rule : rules) {
            if (meets(alert, rule)) {
                found.add(rule.id());
            }
        }
        return found;
    }

    private static boolean meets(Alert alert, Rule rule) {
        if (rule.firingOnly() && alert.status() != AlertStatus.FIRING) {
            return false;
        }
        for (var label : rule.labels().entrySet()) {
            if (!label.getValue().equals(alert.labels().get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
