package io.infraai.persistence.tenancy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;

import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupCommitTest {

    private static final TenantId TENANT = new TenantId("a");

    private final Vertx vertx = Database.shared().vertx();
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everyoneGetsTheAnswerToTheirOwnItem() {
        var commits = doubling(new GroupCommit.Limits(2, 50, 10_000));

        var answers = awaitAll(IntStream.range(0, 2_000)
                .mapToObj(i -> commits.submit(TENANT, i))
                .toList());

        assertThat(answers)
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).map(i -> 2 * i).boxed().toList());
        assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeLessThanOrEqualTo(50));
        assertThat(groups).hasSizeLessThan(1_000);
    }

    @Test
    void whatArrivesDuringACommitSharesTheNextOne() {
        var held = new ArrayList<UniEmitter<? super List<Integer>>>();
        var started = new Semaphore(0);
        var commits =
                new GroupCommit<Integer, Integer>(vertx, new GroupCommit.Limits(1, 100, 100), _ -> 1, (_, items) -> {
                    groups.add(items);
                    return Uni.createFrom().emitter(emitter -> {
                        held.add(emitter);
                        started.release();
                    });
                });
        var first = commits.submit(TENANT, 1).subscribeAsCompletionStage();
        started.acquireUninterruptibly();
        var later = IntStream.range(2, 10)
                .mapToObj(i -> commits.submit(TENANT, i).subscribeAsCompletionStage())
                .toList();

        held.getFirst().complete(List.of(1));
        started.acquireUninterruptibly();
        held.get(1).complete(IntStream.range(2, 10).boxed().toList());

        assertThat(first.join()).isEqualTo(1);
        later.forEach(each -> assertThat(each.join()).isBetween(2, 9));
        assertThat(groups)
                .containsExactly(List.of(1), IntStream.range(2, 10).boxed().toList());
    }

    @Test
    void oneBadItemFailsAloneInWhateverCompany() {
        var commits = new GroupCommit<Integer, Integer>(
                vertx,
                new GroupCommit.Limits(2, 500, 10_000),
                _ -> 1,
                (_, items) -> items.contains(77)
                        ? Uni.createFrom().failure(new IllegalStateException("77"))
                        : Uni.createFrom().item(items));

        var answers = awaitAll(IntStream.range(0, 200)
                .mapToObj(i -> commits.submit(TENANT, i).onFailure().recoverWithItem(-1))
                .toList());

        assertThat(answers).filteredOn(answer -> answer == -1).hasSize(1);
        assertThat(answers.get(77)).isEqualTo(-1);
    }

    @Test
    void whenTheDatabaseIsAwayNobodyIsTriedAlone() {
        var commits =
                new GroupCommit<Integer, Integer>(vertx, new GroupCommit.Limits(1, 500, 10_000), _ -> 1, (_, items) -> {
                    groups.add(items);
                    return Uni.createFrom().failure(new StoreUnavailable("away"));
                });

        var answers = awaitAll(IntStream.range(0, 300)
                .mapToObj(i -> commits.submit(TENANT, i)
                        .onFailure(StoreUnavailable.class)
                        .recoverWithItem(-1))
                .toList());

        assertThat(answers).containsOnly(-1);
        assertThat(groups.stream().mapToInt(List::size).sum()).isEqualTo(300);
    }

    @Test
    void moreThanTheBacklogIsRefusedAtOnce() {
        var commits = new GroupCommit<Integer, Integer>(
                vertx,
                new GroupCommit.Limits(1, 10, 5),
                _ -> 1,
                (_, _) -> Uni.createFrom().nothing());
        IntStream.range(0, 6).forEach(i -> commits.submit(TENANT, i).subscribe().with(_ -> {}));

        assertThatThrownBy(() -> await(commits.submit(TENANT, 7))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> await(commits.submit(new TenantId("b"), 1)
                        .ifNoItem()
                        .after(Duration.ofMillis(50))
                        .fail()))
                .as("another tenant's line is its own")
                .isNotInstanceOf(StoreUnavailable.class);
    }

    @Test
    void whoNoLongerWaitsIsLeftOut() {
        var started = new Semaphore(0);
        var held = new ArrayList<UniEmitter<? super List<Integer>>>();
        var commits =
                new GroupCommit<Integer, Integer>(vertx, new GroupCommit.Limits(1, 10, 100), _ -> 1, (_, items) -> {
                    groups.add(items);
                    return Uni.createFrom().emitter(emitter -> {
                        held.add(emitter);
                        started.release();
                    });
                });
        commits.submit(TENANT, 1).subscribe().with(_ -> {});
        started.acquireUninterruptibly();
        var gone = commits.submit(TENANT, 2).subscribe().with(_ -> {});
        commits.submit(TENANT, 3).subscribe().with(_ -> {});

        gone.cancel();
        held.getFirst().complete(List.of(1));
        started.acquireUninterruptibly();

        assertThat(groups).containsExactly(List.of(1), List.of(3));
    }

    private GroupCommit<Integer, Integer> doubling(GroupCommit.Limits limits) {
        return new GroupCommit<>(vertx, limits, _ -> 1, (_, items) -> {
            groups.add(items);
            return Uni.createFrom().item(items.stream().map(i -> 2 * i).toList());
        });
    }
}
