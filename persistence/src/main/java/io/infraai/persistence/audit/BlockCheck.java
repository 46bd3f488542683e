package io.infraai.persistence.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import io.infraai.contracts.audit.AuditCheck.Broken;
import io.infraai.contracts.audit.AuditCheck.Fault;

/** Compares a block of the chain with the entries that lie in its part of the log. */
final class BlockCheck {

    private final AuditChain before;
    private final ChainBlock block;
    private final List<ChainEntry> entries;

    /**
     * @param before the chain up to the block, known to be good
     * @param entries all after that and up to the block's end, in order
     */
    BlockCheck(AuditChain before, ChainBlock block, List<ChainEntry> entries) {
        this.before = before;
        this.block = block;
        this.entries = entries;
    }

    /** The first thing that is wrong; empty when nothing is. */
    Optional<Broken> fault() {
        if (block.firstSeq() > before.seq() + 1) {
            return Optional.of(new Broken(
                    before.seq() + 1, null, Fault.MISSING, "The chain goes on at " + block.firstSeq() + " only"));
        }
        if (block.firstSeq() <= before.seq()) {
            return Optional.of(new Broken(
                    block.firstSeq(), null, Fault.INSERTED, "The chain has links for these entries already"));
        }
        if (!block.previous().equals(before.hash())) {
            return Optional.of(new Broken(
                    block.firstSeq(),
                    block.ids().getFirst(),
                    Fault.ALTERED,
                    "The chain doesn't go on from the entry before"));
        }
        return entryFault();
    }

    private Optional<Broken> entryFault() {
        var linked = new HashSet<>(block.ids());
        var there = new HashSet<>(entries.stream().map(ChainEntry::id).toList());
        var left = new ArrayList<>(entries);
        var chain = before;
        for (var i = 0; i < block.size(); i++) {
            var seq = chain.seq() + 1;
            var id = block.ids().get(i);
            var next = left.isEmpty() ? null : left.removeFirst();
            if (next != null && !linked.contains(next.id())) {
                return Optional.of(inserted(seq, next));
            }
            if (!there.contains(id)) {
                return Optional.of(new Broken(seq, id, Fault.MISSING, "The entry is gone"));
            }
            if (next == null || !id.equals(next.id())) {
                return Optional.of(new Broken(seq, id, Fault.ALTERED, "The entry stands in another place"));
            }
            chain = chain.then(next);
            if (!chain.hash().equals(block.hash(i))) {
                return Optional.of(new Broken(seq, id, Fault.ALTERED, "The entry reads otherwise than it was written"));
            }
        }
        if (!left.isEmpty()) {
            return Optional.of(inserted(chain.seq() + 1, left.getFirst()));
        }
        return chain.end().equals(block.end())
                ? Optional.empty()
                : Optional.of(new Broken(
                        chain.seq(), chain.end().id(), Fault.ALTERED, "The block ends elsewhere than its last entry"));
    }

    private static Broken inserted(long seq, ChainEntry entry) {
        return new Broken(seq, entry.id(), Fault.INSERTED, "The entry was put between those that were there");
    }
}
