package io.infraai.policies;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A small hash table with open addressing; rows that ask for the same values are one group, a chain. Immutable once it has been
 * handed out.
 */
final class Page {

    static final Page EMPTY = new Page(0, 0);

    /** How many of the hash's low bits all rows in it have in common. */
    private final int depth;

    private final int groups;

    /** 0 where a slot is empty. */
    private final int[] hashes;

    private final Row[] rows;

    private Page(int depth, int groups) {
        this.depth = depth;
        this.groups = groups;
        // at most three quarters full
        var slots = Integer.highestOneBit(groups * 4 / 3) * 2;
        this.hashes = new int[Math.max(slots, 1)];
        this.rows = new Row[hashes.length];
    }

    private Page(Page other, int slot, Row head) {
        this.depth = other.depth;
        this.groups = other.groups;
        this.hashes = other.hashes;
        this.rows = other.rows.clone();
        rows[slot] = head;
    }

    int depth() {
        return depth;
    }

    int groups() {
        return groups;
    }

    /** The first of the rows whose values are all in the labels. */
    @Nullable
    Row find(int hash, Map<String, String> labels, String[] path) {
        var tags = hashes;
        int mask = tags.length - 1;
        for (int slot = first(hash, mask); tags[slot] != 0; slot = slot + 1 & mask) {
            if (tags[slot] == hash && rows[slot].hasValuesIn(labels, path)) {
                return rows[slot];
            }
        }
        return null;
    }

    Page with(Row row) {
        int hash = row.hash();
        int slot = slotOf(hash, row);
        if (hashes[slot] != 0) {
            return new Page(this, slot, row.before(rows[slot]));
        }
        var grown = new Page(depth, groups + 1);
        copyTo(grown, 0, 0);
        grown.add(hash, row);
        return grown;
    }

    Page without(Row row) {
        int slot = slotOf(row.hash(), row);
        var rest = rows[slot].without(row.policy().id());
        if (rest != null) {
            return new Page(this, slot, rest);
        }
        var shrunk = new Page(depth, groups - 1);
        for (int each = 0; each < hashes.length; each++) {
            if (hashes[each] != 0 && each != slot) {
                shrunk.add(hashes[each], rows[each]);
            }
        }
        return shrunk;
    }

    /** One level deeper: the groups whose hash has the bit as wanted. */
    Page half(int bit, int wanted) {
        var size = 0;
        for (var hash : hashes) {
            if (hash != 0 && (hash & bit) == wanted) {
                size++;
            }
        }
        var half = new Page(depth + 1, size);
        copyTo(half, bit, wanted);
        return half;
    }

    private void copyTo(Page other, int bit, int wanted) {
        for (var slot = 0; slot < hashes.length; slot++) {
            if (hashes[slot] != 0 && (hashes[slot] & bit) == wanted) {
                other.add(hashes[slot], rows[slot]);
            }
        }
    }

    private void add(int hash, Row head) {
        int mask = hashes.length - 1;
        int slot = first(hash, mask);
        while (hashes[slot] != 0) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = hash;
        rows[slot] = head;
    }

    /** Where the row's group is, or the empty slot where it would go. */
    private int slotOf(int hash, Row row) {
        int mask = hashes.length - 1;
        int slot = first(hash, mask);
        while (hashes[slot] != 0 && !(hashes[slot] == hash && rows[slot].hasValuesOf(row))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The directory has used up the low bits. */
    private static int first(int hash, int mask) {
        return hash >>> 16 & mask;
    }
}
