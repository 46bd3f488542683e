package io.infraai.persistence.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.audit.AuditCheck;
import io.infraai.contracts.audit.AuditCheck.Broken;
import io.infraai.contracts.audit.AuditCheck.Fault;
import io.infraai.contracts.audit.AuditHead;

/**
 * How far a verification is.
 *
 * @param chain as far as it is good
 * @param anchors through which it must lead
 * @param broken what is wrong after that
 */
record AuditProgress(
        AuditChain chain,
        long checked,
        int pages,
        List<AuditHead> anchors,
        @Nullable Broken broken) {

    /**
     * @param blocks the next ones of the chain
     * @param entries all that lie in the blocks' part of the log, or one more than the blocks have links
     */
    record Page(List<ChainBlock> blocks, List<ChainEntry> entries) {}

    AuditProgress over(Page page) {
        var at = chain;
        var from = 0;
        for (var block : page.blocks()) {
            var to = from;
            while (to < page.entries().size() && page.entries().get(to).place().compareTo(block.end()) <= 0) {
                to++;
            }
            var good = at;
            var fault = new BlockCheck(at, block, page.entries().subList(from, to))
                    .fault()
                    .or(() -> strayed(good, block));
            if (fault.isPresent()) {
                return new AuditProgress(at, checked(at), pages, anchors, fault.get());
            }
            at = block.end(at.tenant());
            from = to;
        }
        return new AuditProgress(at, checked(at), pages + 1, anchors, null);
    }

    private long checked(AuditChain now) {
        return checked + now.seq() - chain.seq();
    }

    private Optional<Broken> strayed(AuditChain before, ChainBlock block) {
        return anchors.stream()
                .filter(anchor -> anchor.seq() > before.seq())
                .flatMap(anchor -> strayed(block, anchor).stream())
                .findFirst();
    }

    /** Whether the block has another link where this head was given out. */
    static Optional<Broken> strayed(ChainBlock block, AuditHead anchor) {
        var index = (int) (anchor.seq() - block.firstSeq());
        if (index < 0
                || index >= block.size()
                || HexFormat.of().formatHex(block.hash(index).getBytes()).equals(anchor.hash())) {
            return Optional.empty();
        }
        return Optional.of(new Broken(
                anchor.seq(),
                block.ids().get(index),
                Fault.ALTERED,
                "The chain was another when this head was given out"));
    }

    /** At the chain's end. */
    AuditProgress ended() {
        return anchors.stream()
                .filter(anchor -> anchor.seq() > chain.seq())
                .findFirst()
                .map(anchor -> new AuditProgress(chain, checked, pages, anchors, cutOff(chain.seq(), anchor)))
                .orElse(this);
    }

    static Broken cutOff(long seq, AuditHead anchor) {
        return new Broken(
                seq + 1, null, Fault.MISSING, "The chain ends at " + seq + " and once went to " + anchor.seq());
    }

    AuditCheck result(boolean complete, long unsealed) {
        return new AuditCheck(broken == null, complete, checked, unsealed, chain.head(), broken);
    }
}
