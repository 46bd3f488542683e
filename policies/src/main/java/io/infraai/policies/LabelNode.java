package io.infraai.policies;

import java.util.Arrays;
import java.util.Map;

/**
 * The policies that ask for equality of the same labels, and below it those that ask for these and more: the path from the
 * root spells the labels in the alphabet's order. An alert walks down where it has the label, and looks its values up in one
 * hash table at each node on the way. Immutable: a change copies the path to it and shares everything else.
 */
final class LabelNode {

    private static final LabelNode[] LEAF = {};

    static final LabelNode ROOT = new LabelNode(new String[0], RowTable.EMPTY, LEAF);

    /** The labels from the root to here. */
    private final String[] path;

    private final String label;
    private final RowTable table;
    private final LabelNode[] children;

    private LabelNode(String[] path, RowTable table, LabelNode[] children) {
        this.path = path;
        this.label = path.length == 0 ? "" : path[path.length - 1];
        this.table = table;
        this.children = children;
    }

    void collect(Matches matches) {
        collect(matches, matches.labels(), TupleHash.START);
    }

    private void collect(Matches matches, Map<String, String> labels, int sum) {
        var row = table.find(TupleHash.finish(sum), labels, path);
        if (row != null) {
            matches.addHolding(row);
        }
        if (children.length <= labels.size()) {
            for (var child : children) {
                var value = labels.get(child.label);
                if (value != null) {
                    child.collect(matches, labels, TupleHash.add(sum, value));
                }
            }
        } else {
            // more labels are asked for than the alert has: its own lead down faster
            labels.forEach((name, value) -> {
                var at = indexOf(name);
                if (at >= 0) {
                    children[at].collect(matches, labels, TupleHash.add(sum, value));
                }
            });
        }
    }

    LabelNode with(Row row) {
        return with(row, 0);
    }

    private LabelNode with(Row row, int depth) {
        if (depth == row.labels().length) {
            return new LabelNode(path, table.with(row), children);
        }
        var name = row.labels()[depth];
        var at = indexOf(name);
        if (at >= 0) {
            return withChild(at, children[at].with(row, depth + 1));
        }
        var child = new LabelNode(Arrays.copyOf(row.labels(), depth + 1), RowTable.EMPTY, LEAF).with(row, depth + 1);
        var grown = Arrays.copyOf(children, children.length + 1);
        System.arraycopy(children, -at - 1, grown, -at, children.length + at + 1);
        grown[-at - 1] = child;
        return new LabelNode(path, table, grown);
    }

    LabelNode without(Row row) {
        return without(row, 0);
    }

    private LabelNode without(Row row, int depth) {
        if (depth == row.labels().length) {
            return new LabelNode(path, table.without(row), children);
        }
        var at = indexOf(row.labels()[depth]);
        var child = children[at].without(row, depth + 1);
        return child.isEmpty() ? withoutChild(at) : withChild(at, child);
    }

    private boolean isEmpty() {
        return table.isEmpty() && children.length == 0;
    }

    private LabelNode withChild(int at, LabelNode child) {
        var changed = children.clone();
        changed[at] = child;
        return new LabelNode(path, table, changed);
    }

    private LabelNode withoutChild(int at) {
        var shrunk = Arrays.copyOf(children, children.length - 1);
        System.arraycopy(children, at + 1, shrunk, at, shrunk.length - at);
        return new LabelNode(path, table, shrunk);
    }

    /** As {@link Arrays#binarySearch}: where it is, or minus one minus where it would be. */
    private int indexOf(String name) {
        var low = 0;
        var high = children.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var order = children[middle].label.compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
