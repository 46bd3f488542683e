package io.infraai.policies;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Policy;

/**
 * The policies of one tenant, found by what an alert looks like: by their label equalities in a {@link LabelNode tree of
 * hash tables}, so an alert costs a few look-ups, however many policies there are; everything else a policy asks for is
 * checked on those found. Policies without any equality are checked one by one.
 *
 * <p>Safe for many threads. Writers take turns; a reader is never held up and works on what the index was when it began, so
 * it sees each change entirely or not at all.
 */
public final class PolicyIndex {

    private final ReentrantLock writing = new ReentrantLock();
    /** Used under the lock only. */
    private final Map<Long, List<Row>> rowsById = new HashMap<>();

    private volatile State state = new State(LabelNode.ROOT, 0);

    private record State(LabelNode root, int size) {}

    /**
     * Puts a policy in, in place of the one with its id. One that isn't enabled matches nothing.
     *
     * @throws IllegalArgumentException when its condition can't be compiled; nothing has changed then
     */
    public void put(Policy policy) {
        if (!policy.enabled()) {
            remove(policy.id());
            return;
        }
        var residual = CompiledCondition.allOf(Anchors.residual(policy.condition()));
        var rows = Anchors.of(policy.condition()).stream()
                .map(anchor -> new Row(policy, residual, anchor))
                .toList();
        writing.lock();
        try {
            replace(rowsById.put(policy.id(), rows), rows);
        } finally {
            writing.unlock();
        }
    }

    public void remove(long id) {
        writing.lock();
        try {
            replace(rowsById.remove(id), List.of());
        } finally {
            writing.unlock();
        }
    }

    private void replace(@Nullable List<Row> old, List<Row> rows) {
        var root = state.root();
        if (old != null) {
            for (var row : old) {
                root = root.without(row);
            }
        }
        for (var row : rows) {
            root = root.with(row);
        }
        state = new State(root, rowsById.size());
    }

    public int size() {
        return state.size();
    }

    /** Every enabled policy whose condition holds, by priority, then id. Metric guards are taken to hold. */
    public List<Policy> matching(Alert alert, Instant now) {
        var matches = new Matches(alert, now);
        state.root().collect(matches);
        return matches.inOrder();
    }
}
