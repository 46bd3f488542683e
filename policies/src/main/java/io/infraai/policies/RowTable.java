package io.infraai.policies;

import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Rows by the values they ask for. An immutable extendible hash table: the hash's low bits choose a page, and a change copies
 * that page and the directory of pages, never the rows of other pages.
 */
final class RowTable {

    private static final int MOST_GROUPS_IN_PAGE = 48;

    static final RowTable EMPTY = new RowTable(new Page[] {Page.EMPTY}, 0);

    /** As long as 2 to the power of the deepest page; a shallower page stands in it more than once. */
    private final Page[] directory;

    private final int groups;

    private RowTable(Page[] directory, int groups) {
        this.directory = directory;
        this.groups = groups;
    }

    boolean isEmpty() {
        return groups == 0;
    }

    /**
     * The first of the rows whose values are all in the labels; null when there are none.
     *
     * @param path the labels that all rows in this table ask for
     */
    @Nullable
    Row find(int hash, Map<String, String> labels, String[] path) {
        return groups == 0 ? null : directory[hash & (directory.length - 1)].find(hash, labels, path);
    }

    RowTable with(Row row) {
        int hash = row.hash();
        var page = directory[hash & (directory.length - 1)];
        var changed = page.with(row);
        var sum = groups + changed.groups() - page.groups();
        if (changed.groups() <= MOST_GROUPS_IN_PAGE || mayNotSplit(changed, sum)) {
            return new RowTable(replaced(directory, hash, changed), sum);
        }
        return new RowTable(split(hash, changed), sum);
    }

    RowTable without(Row row) {
        int hash = row.hash();
        var page = directory[hash & (directory.length - 1)];
        var changed = page.without(row);
        var sum = groups + changed.groups() - page.groups();
        return sum == 0 ? EMPTY : new RowTable(replaced(directory, hash, changed), sum);
    }

    /** Texts made to collide can't be told apart by more bits: their page grows instead. */
    private static boolean mayNotSplit(Page page, int sum) {
        return 1 << page.depth() >= sum;
    }

    private Page[] split(int hash, Page page) {
        var wide = directory.length == 1 << page.depth() ? doubled() : directory;
        var bit = 1 << page.depth();
        var once = replaced(wide, hash & ~bit, page.half(bit, 0));
        return replaced(once, hash | bit, page.half(bit, bit));
    }

    private Page[] doubled() {
        var wide = Arrays.copyOf(directory, directory.length * 2);
        System.arraycopy(directory, 0, wide, directory.length, directory.length);
        return wide;
    }

    private static Page[] replaced(Page[] directory, int hash, Page page) {
        var changed = directory.clone();
        var step = 1 << page.depth();
        for (var at = hash & (step - 1); at < changed.length; at += step) {
            changed[at] = page;
        }
        return changed;
    }
}
