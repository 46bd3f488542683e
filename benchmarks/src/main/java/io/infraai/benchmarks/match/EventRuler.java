package io.infraai.benchmarks.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import software.amazon.event.ruler.Machine;

/** AWS Event Ruler as it comes. */
final class EventRuler implements Contender {

    private final Machine machine = Machine.builder().build();

    void add(Rule rule) {
        adding(rule).run();
    }

    Runnable adding(Rule rule) {
        var pattern = rule.asEventRulerPattern();
        return () -> {
            try {
                machine.addRule(rule.name(), pattern);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    Runnable deleting(Rule rule) {
        var pattern = rule.asEventRulerPattern();
        return () -> {
            try {
                machine.deleteRule(rule.name(), pattern);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public String name() {
        return "Event Ruler";
    }

    @Override
    public int count(JsonAlert alert) {
        return matching(alert).size();
    }

    @Override
    public Set<Long> ids(JsonAlert alert) {
        return matching(alert).stream().map(Long::valueOf).collect(Collectors.toSet());
    }

    private List<String> matching(JsonAlert alert) {
        try {
            return machine.rulesForJSONEvent(alert.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
