package io.infraai.benchmarks.chaos;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.infraai.benchmarks.chaos.Fault.Paused;
import io.infraai.benchmarks.chaos.Plan.Planned;
import io.infraai.benchmarks.chaos.Webhook.Says;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTest {

    private static final Options OPTIONS = new Options(1_000, 200, 42);

    @Test
    void theSameSeedPlansTheSameFaultsAndAlerts() {
        assertThat(Plan.draw(OPTIONS)).isEqualTo(Plan.draw(OPTIONS));
        assertThat(Webhook.draw(OPTIONS)).isEqualTo(Webhook.draw(OPTIONS));
    }

    @Test
    void anotherSeedPlansOthers() {
        var other = new Options(1_000, 200, 43);

        assertThat(Plan.draw(other)).isNotEqualTo(Plan.draw(OPTIONS));
        assertThat(Webhook.draw(other)).isNotEqualTo(Webhook.draw(OPTIONS));
    }

    @Test
    void faultsComeInOrderWhileAlertsAreSent() {
        var moments = Plan.draw(OPTIONS).faults().stream().map(Planned::after).toList();

        assertThat(moments).hasSize(200).isSorted().allMatch(moment -> moment >= 0 && moment < 1_000);
    }

    @Test
    void everyKindOfFaultComes() {
        var kinds = Plan.draw(OPTIONS).faults().stream()
                .map(planned -> planned.fault().getClass())
                .collect(Collectors.toSet());

        assertThat(kinds).isEqualTo(Set.of(Fault.class.getPermittedSubclasses()));
    }

    @Test
    void whatStandsStillDoesSoForLongerThanALease() {
        assertThat(LongStream.range(0, 20)
                        .boxed()
                        .flatMap(seed -> Plan.draw(new Options(100, 200, seed)).faults().stream())
                        .map(Planned::fault)
                        .filter(Paused.class::isInstance)
                        .map(fault -> ((Paused) fault).time()))
                .isNotEmpty()
                .allMatch(time -> time.compareTo(Site.LEASE) > 0);
    }

    @Test
    void everyAlertIsSentOnceAndSomeAgain() {
        var webhooks = Webhook.draw(OPTIONS);

        assertThat(numbers(webhooks, Says.FIRING)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(numbers(webhooks, Says.STILL_FIRING)).isNotEmpty();
        assertThat(numbers(webhooks, Says.RESOLVED)).isNotEmpty();
        assertThat(webhooks).anyMatch(Webhook::twice);
    }

    @Test
    void nothingIsRepeatedOrResolvedBeforeItWasSent() {
        var sent = new HashSet<Alert>();
        for (var webhook : Webhook.draw(OPTIONS)) {
            if (webhook.says() == Says.FIRING) {
                sent.addAll(webhook.alerts());
            }
            assertThat(sent).containsAll(webhook.alerts());
        }
    }

    private static List<Integer> numbers(List<Webhook> webhooks, Says says) {
        return webhooks.stream()
                .filter(webhook -> webhook.says() == says)
                .flatMap(webhook -> webhook.alerts().stream())
                .map(Alert::number)
                .toList();
    }
}
