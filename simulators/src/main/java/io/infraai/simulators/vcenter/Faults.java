package io.infraai.simulators.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that wait for a call to strike; the first rule that matches wins. Thread-safe. */
public final class Faults {

    private final List<FaultRule> pending = new ArrayList<>();

    Faults() {}

    public synchronized void inject(FaultRule rule) {
        pending.add(rule);
    }

    public synchronized void clear() {
        pending.clear();
    }

    synchronized Optional<FaultRule> strike(String operation) {
        for (int i = 0; i < pending.size(); i++) {
            var rule = pending.get(i);
            if (rule.matches(operation)) {
                if (rule.times() == 1) {
                    pending.remove(i);
                } else {
                    pending.set(i, rule.times(rule.times() - 1));
                }
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
