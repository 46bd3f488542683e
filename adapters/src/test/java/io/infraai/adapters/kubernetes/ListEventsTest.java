package io.infraai.adapters.kubernetes;

import java.util.Collections;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.ListEvents.Parameters;
import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.Heals;

import static org.assertj.core.api.Assertions.assertThat;

class ListEventsTest extends KubernetesToolTest {

    @Test
    void warningsAboutAnObjectAreToldWithoutTheRest() {
        settled("shop", "cart");
        var pod = cluster.podsOf("shop", "cart").getFirst();
        cluster.breakPod("shop", pod, Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);

        var events = done(new ListEvents(clusters).read(new Parameters("shop", pod, "Warning", null), context()));

        assertThat(events.detail().path("events")).singleElement().satisfies(event -> {
            assertThat(event.path("reason").asText()).isEqualTo("BackOff");
            assertThat(event.path("object").asText()).isEqualTo("Pod/" + pod);
        });
    }

    @Test
    void theNewestComeFirstAndTheRestIsCounted() {
        settled("shop", "web");

        var events = done(new ListEvents(clusters).read(new Parameters(null, null, null, null), context()));

        var times = Stream.of(events.detail().path("events"))
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(event -> event.path("time").asText())
                .toList();
        assertThat(times).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(times).hasSize(50);
        assertThat(events.detail().path("rest").asInt()).isPositive();
    }
}
