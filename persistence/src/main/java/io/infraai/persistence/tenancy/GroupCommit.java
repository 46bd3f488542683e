package io.infraai.persistence.tenancy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;

/**
 * Gathers what concurrent callers of one tenant want written: what arrives while the previous commit is under way shares the
 * next one. A group that fails is tried again in halves, so that a bad item fails alone.
 *
 * @param <I> what one caller wants
 * @param <O> what one caller gets
 */
public final class GroupCommit<I, O> {

    private final Limits limits;
    private final ToIntFunction<I> weight;
    private final Write<I, O> write;
    private final Context context;
    private final Map<TenantId, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param weight what an item counts towards the group's limit
     */
    public GroupCommit(Vertx vertx, Limits limits, ToIntFunction<I> weight, Write<I, O> write) {
        this.limits = limits;
        this.weight = weight;
        this.write = write;
        // a context of its own, not the one of whichever caller came first: that one's data are none of the others'
        // business
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }

    /** Completes after the commit that the item is part of, on the caller's Vert.x context when there is one. */
    public Uni<O> submit(TenantId tenant, I item) {
        return Uni.createFrom().emitter(emitter -> {
            var waiting = new Waiting<I, O>(item, emitter, Vertx.currentContext(), new AtomicBoolean());
            emitter.onTermination(() -> waiting.gone().set(true));
            lanes.computeIfAbsent(tenant, Lane::new).add(waiting);
        });
    }

    private void run(Lane lane, List<Waiting<I, O>> group) {
        context.runOnContext(_ -> attempt(lane.tenant, group).subscribe().with(_ -> lane.ended(), failure -> {
            group.forEach(each -> each.fail(failure));
            lane.ended();
        }));
    }

    private Uni<Void> attempt(TenantId tenant, List<Waiting<I, O>> group) {
        return Uni.createFrom()
                .deferred(() ->
                        write.apply(tenant, group.stream().map(Waiting::item).toList()))
                .onItem()
                .invoke(results -> {
                    for (var i = 0; i < group.size(); i++) {
                        group.get(i).complete(results.get(i));
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> failed(tenant, group, failure));
    }

    private Uni<Void> failed(TenantId tenant, List<Waiting<I, O>> group, Throwable failure) {
        if (group.size() == 1 || failure instanceof StoreUnavailable) {
            group.forEach(each -> each.fail(failure));
            return Uni.createFrom().voidItem();
        }
        var half = group.size() / 2;
        return attempt(tenant, group.subList(0, half)).chain(() -> attempt(tenant, group.subList(half, group.size())));
    }

    /**
     * @param inFlight transactions of one tenant at a time
     * @param group most weight in one transaction; a single heavier item goes alone
     * @param backlog most items that wait for one tenant; more are refused
     */
    public record Limits(int inFlight, int group, int backlog) {}

    /** Writes a group in one transaction, all or nothing; the results stand in the order of the items. */
    @FunctionalInterface
    public interface Write<I, O> {
        Uni<List<O>> apply(TenantId tenant, List<I> items);
    }

    private record Waiting<I, O>(
            I item, UniEmitter<? super O> emitter, @Nullable Context caller, AtomicBoolean gone) {

        void complete(O result) {
            onCaller(() -> emitter.complete(result));
        }

        void fail(Throwable failure) {
            onCaller(() -> emitter.fail(failure));
        }

        private void onCaller(Runnable emission) {
            if (caller == null) {
                emission.run();
            } else {
                caller.runOnContext(_ -> emission.run());
            }
        }
    }

    /** One tenant's line; never holds its lock while it calls out. */
    private final class Lane {

        private final TenantId tenant;
        private final Deque<Waiting<I, O>> waiting = new ArrayDeque<>();
        private int running;

        Lane(TenantId tenant) {
            this.tenant = tenant;
        }

        void add(Waiting<I, O> item) {
            List<Waiting<I, O>> group;
            synchronized (this) {
                if (waiting.size() >= limits.backlog()) {
                    group = List.of();
                } else {
                    waiting.add(item);
                    group = running < limits.inFlight() ? next() : null;
                }
            }
            if (group == null) {
                return;
            }
            if (group.isEmpty()) {
                item.fail(new StoreUnavailable("Too much waits for the database already"));
            } else {
                run(this, group);
            }
        }

        void ended() {
            List<Waiting<I, O>> group;
            synchronized (this) {
                running--;
                group = next();
            }
            if (!group.isEmpty()) {
                run(this, group);
            }
        }

        /** Takes what fits into one transaction; called with the lock held. */
        private List<Waiting<I, O>> next() {
            var group = new ArrayList<Waiting<I, O>>();
            var total = 0;
            for (var first = waiting.peek(); first != null; first = waiting.peek()) {
                total += weight.applyAsInt(first.item());
                if (!group.isEmpty() && total > limits.group()) {
                    break;
                }
                waiting.remove();
                if (!first.gone().get()) {
                    group.add(first);
                }
            }
            if (!group.isEmpty()) {
                running++;
            }
            return group;
        }
    }
}
