package io.infraai.persistence.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Quarantined;
import io.infraai.persistence.intake.AlertIntake.Receipt;
import io.infraai.persistence.intake.EpisodeQueries.Filter;
import io.infraai.persistence.tenancy.Database;
import io.infraai.persistence.tenancy.Rows;

import static io.infraai.persistence.intake.Alerts.batch;
import static io.infraai.persistence.intake.Alerts.firing;
import static io.infraai.persistence.intake.Alerts.resolved;
import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PgAlertIntakeTest {

    private final Database database = Database.shared();
    private final AlertIntake intake = new PgAlertIntake(database.scope(), database.vertx());
    private final EpisodeQueries episodes = new PgEpisodeQueries(database.scope(), database.vertx());
    private final EpisodeSweep sweep = new PgEpisodeSweep(database.scope());
    private final TenantId tenant = database.newTenant();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);

    @Test
    void anAlertOpensAnEpisodeThatKeepsWhatWasSent() {
        var alert = firing("PodCrashLoop", start);

        var receipt = await(intake.accept(tenant, batch(tenant, alert)));

        assertThat(receipt.opened()).isEqualTo(1);
        var episode = await(episodes.byIds(tenant, receipt.episodes())).getFirst();
        assertThat(episode.alert()).isEqualTo(alert);
        assertThat(episode.open()).isTrue();
        assertThat(episode.seq()).isEqualTo(1);
    }

    @Test
    void anEpisodeKeepsTheTraceOfTheMessageThatOpenedIt() {
        var alert = firing("Traced", start);
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var opened =
                await(intake.accept(tenant, batch(tenant, alert).in(trace))).episodes();

        await(intake.accept(tenant, batch(tenant, alert).in(trace.replace('7', '8'))));

        assertThat(await(episodes.byIds(tenant, opened)).getFirst().traceparent())
                .isEqualTo(trace);
    }

    @Test
    void theSameMessageAgainChangesNothingMore() {
        var message = batch(tenant, firing("One", start), firing("Two", start));

        var first = await(intake.accept(tenant, message));
        var second = await(intake.accept(tenant, message));

        assertThat(first.opened()).isEqualTo(2);
        assertThat(second).isEqualTo(new Receipt(0, 2, 0, 0, List.of()));
        assertThat(await(episodes.find(tenant, new Filter(null, Map.of(), null, 10))))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.repeats()).isEqualTo(1));
    }

    @Test
    void aResolutionClosesAndAnOldFiringAfterItStartsNothing() {
        var id = await(intake.accept(tenant, batch(tenant, firing("Flap", start))))
                .episodes()
                .getFirst();

        var end = start.plusSeconds(30);
        assertThat(await(intake.accept(tenant, batch(tenant, resolved("Flap", start, end))))
                        .resolved())
                .isEqualTo(1);
        assertThat(await(intake.accept(tenant, batch(tenant, firing("Flap", start))))
                        .stale())
                .isEqualTo(1);

        var view = await(episodes.byId(tenant, id)).orElseThrow();
        assertThat(view.state()).isEqualTo("resolved");
        assertThat(view.endsAt()).isEqualTo(end);
        assertThat(view.closedAt()).isNotNull();
    }

    @Test
    void theSameAlertTwiceInOneBatchIsHandledInOrder() {
        var end = start.plusSeconds(10);
        var again = start.plusSeconds(20);

        var receipt = await(intake.accept(
                tenant,
                batch(
                        tenant,
                        firing("Fast", start),
                        firing("Fast", start),
                        resolved("Fast", start, end),
                        firing("Fast", again))));

        assertThat(receipt.opened()).isEqualTo(2);
        assertThat(receipt.repeated()).isEqualTo(1);
        assertThat(receipt.resolved()).isEqualTo(1);
        assertThat(await(episodes.find(tenant, new Filter("firing", Map.of(), null, 10))))
                .extracting(each -> each.seq())
                .containsExactly(2);
        assertThat(await(episodes.find(tenant, new Filter("resolved", Map.of(), null, 10))))
                .extracting(each -> each.seq())
                .containsExactly(1);
    }

    @Test
    void overlappingBatchesInOppositeOrderNeitherLoseNorDouble() {
        var alerts = IntStream.range(0, 200)
                .mapToObj(i -> firing("Storm" + i, start))
                .toList();
        var backwards = new ArrayList<>(alerts);
        Collections.reverse(backwards);
        // a second instance, so that the two don't share their commits
        var other = new PgAlertIntake(database.scope(), database.vertx());
        var calls = new ArrayList<Uni<Receipt>>();
        for (var i = 0; i < 10; i++) {
            calls.add(intake.accept(tenant, batch(tenant, alerts)));
            calls.add(other.accept(tenant, batch(tenant, backwards)));
        }

        var receipts = awaitAll(calls);

        assertThat(receipts.stream().mapToInt(Receipt::opened).sum()).isEqualTo(200);
        assertThat(receipts.stream().mapToInt(Receipt::repeated).sum()).isEqualTo(19 * 200);
    }

    @Test
    void aBatchThatCantBeStoredFailsAlone() {
        var calls = new ArrayList<Uni<OptionalInt>>();
        for (var i = 0; i < 20; i++) {
            var name = i == 13 ? "nul\u0000" : "Fine" + i;
            calls.add(intake.accept(tenant, batch(tenant, firing(name, start)))
                    .map(receipt -> OptionalInt.of(receipt.opened()))
                    .onFailure()
                    .recoverWithItem(OptionalInt.empty()));
        }

        var opened = awaitAll(calls);

        assertThat(opened.get(13)).isEmpty();
        assertThat(opened.stream().filter(OptionalInt::isPresent)).hasSize(19);
    }

    @Test
    void whatCantBeTakenIsKeptWithItsReason() {
        var message = new Batch(List.of(), List.of(new Quarantined(0, "status is no text", "{\"status\":3}")));

        assertThat(await(intake.accept(tenant, message))).isEqualTo(new Receipt(0, 0, 0, 0, List.of()));

        var reasons = await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .preparedQuery("SELECT reason FROM quarantine")
                                .execute()
                                .map(rows -> Rows.list(rows, row -> row.getString("reason")))));
        assertThat(reasons).containsExactly("status is no text");
    }

    @Test
    void episodesAreFoundByLabelAndPageByPage() {
        var alerts =
                IntStream.range(0, 5).mapToObj(i -> firing("Page" + i, start)).toList();
        alerts.forEach(alert -> await(intake.accept(tenant, batch(tenant, alert))));

        var first = await(episodes.find(tenant, new Filter("firing", Map.of("namespace", "shop"), null, 3)));
        var last = first.getLast();
        var rest = await(episodes.find(
                tenant, new Filter(null, Map.of(), new EpisodeQueries.Cursor(last.openedAt(), last.id()), 3)));

        assertThat(first).extracting(each -> each.labels().get("alertname")).containsExactly("Page4", "Page3", "Page2");
        assertThat(rest).extracting(each -> each.labels().get("alertname")).containsExactly("Page1", "Page0");
        assertThat(await(episodes.find(tenant, new Filter(null, Map.of("alertname", "Page3"), null, 9))))
                .hasSize(1);
    }

    @Test
    void theSweepFindsAnUndecidedEpisodeOncePerAge() {
        var id = await(intake.accept(tenant, batch(tenant, firing("Lost", start))))
                .episodes()
                .getFirst();
        assertThat(undecided(Duration.ofSeconds(3)))
                .as("its own bell may still come")
                .isEmpty();
        database.change("UPDATE undecided SET ring_at = now() WHERE episode_id = ?", id);

        assertThat(undecided(Duration.ofSeconds(3))).containsExactly(id);
        assertThat(undecided(Duration.ofSeconds(3))).isEmpty();
        database.change("UPDATE undecided SET ring_at = now() WHERE episode_id = ?", id);
        assertThat(undecided(Duration.ofSeconds(3))).containsExactly(id);
    }

    private List<UUID> undecided(Duration age) {
        return await(sweep.undecided(age, 1_000)).stream()
                .filter(each -> each.tenant().equals(tenant))
                .flatMap(each -> each.episodes().stream())
                .toList();
    }

    @Test
    void anEpisodeThatNobodyRepeatsIsClosedAsSilentAndOpensAnewLater() {
        await(intake.accept(tenant, batch(tenant, firing("Quiet", start))));
        database.change(
                "UPDATE alert_state SET last_seen = now() - interval '13 hours' WHERE tenant_id = ?", tenant.value());

        assertThat(await(sweep.closeSilent(Duration.ofHours(12), 100))).isGreaterThanOrEqualTo(1);

        assertThat(await(episodes.find(tenant, new Filter("silent", Map.of(), null, 9))))
                .hasSize(1);
        assertThat(await(intake.accept(tenant, batch(tenant, firing("Quiet", start.plusSeconds(1)))))
                        .opened())
                .isEqualTo(1);
    }

    @Test
    void anAlertFiringStillTenMinutesAfterItsEndReopensTheSameEpisode() {
        var id = await(intake.accept(tenant, batch(tenant, firing("Back", start))))
                .episodes()
                .getFirst();
        await(intake.accept(tenant, batch(tenant, resolved("Back", start, start.plusSeconds(5)))));
        database.change(
                "UPDATE alert_state SET closed_at = now() - interval '11 minutes' WHERE tenant_id = ?", tenant.value());

        assertThat(await(intake.accept(tenant, batch(tenant, firing("Back", start))))
                        .opened())
                .isZero();

        var view = await(episodes.byId(tenant, id)).orElseThrow();
        assertThat(view.state()).isEqualTo("firing");
        assertThat(view.closedAt()).isNull();
    }

    @Test
    void aMessageOfAnotherTenantDoesntTouchThisOnesEpisode() {
        var other = database.newTenant();
        var id = await(intake.accept(tenant, batch(tenant, firing("Same", start))))
                .episodes()
                .getFirst();

        await(intake.accept(other, batch(other, firing("Same", start))));
        await(intake.accept(other, batch(other, resolved("Same", start, start.plusSeconds(1)))));

        assertThat(await(episodes.byIds(other, List.of(id)))).isEmpty();
        assertThat(await(episodes.byId(tenant, id)).orElseThrow().state()).isEqualTo("firing");
    }

    @Test
    void aRowCantBeWrittenForAnotherTenant() {
        Alert alert = firing("Forged", start);
        var other = database.newTenant();
        assertThatThrownBy(() -> await(database.scope()
                        .in(
                                tenant,
                                connection -> connection
                                        .preparedQuery(
                                                "INSERT INTO quarantine (tenant_id, reason, sample) VALUES ($1, $2, '')")
                                        .execute(Tuple.of(other.value(), alert.label("alertname"))))))
                .hasMessageContaining("row-level security");
    }
}
