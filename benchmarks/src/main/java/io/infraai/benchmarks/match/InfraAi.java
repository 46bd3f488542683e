package io.infraai.benchmarks.match;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.infraai.contracts.policy.Policy;
import io.infraai.policies.PolicyIndex;

/** The project's own index. */
final class InfraAi implements Contender {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final PolicyIndex index = new PolicyIndex();
    private final AlertReader reader = new AlertReader();

    void put(Policy policy) {
        index.put(policy);
    }

    Runnable adding(Rule rule) {
        var policy = rule.asPolicy();
        return () -> index.put(policy);
    }

    Runnable deleting(Rule rule) {
        return () -> index.remove(rule.id());
    }

    @Override
    public String name() {
        return "InfraAI";
    }

    @Override
    public int count(JsonAlert alert) {
        return matching(alert).size();
    }

    @Override
    public Set<Long> ids(JsonAlert alert) {
        return matching(alert).stream().map(Policy::id).collect(Collectors.toSet());
    }

    private List<Policy> matching(JsonAlert alert) {
        return index.matching(reader.read(alert.bytes()), NOW);
    }
}
