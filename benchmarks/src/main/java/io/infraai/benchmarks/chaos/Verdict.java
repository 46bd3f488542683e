package io.infraai.benchmarks.chaos;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was found, each as a sentence.
 *
 * @param lost accepted, and nothing came of it
 * @param doubled acted on more than once
 * @param stuck not ended, or never accepted, after all was quiet for long
 * @param unhealed ended otherwise than done though the alert goes on firing
 * @param unaudited where the audit log and the cluster don't agree, or the chain doesn't hold
 * @param refused answered so that the sender would never try again
 */
record Verdict(
        List<String> lost,
        List<String> doubled,
        List<String> stuck,
        List<String> unhealed,
        List<String> unaudited,
        List<String> refused) {

    Verdict {
        lost = List.copyOf(lost);
        doubled = List.copyOf(doubled);
        stuck = List.copyOf(stuck);
        unhealed = List.copyOf(unhealed);
        unaudited = List.copyOf(unaudited);
        refused = List.copyOf(refused);
    }

    boolean holds() {
        return findings().findAny().isEmpty();
    }

    Stream<String> findings() {
        return Stream.of(lost, doubled, stuck, unhealed, unaudited, refused).flatMap(List::stream);
    }

    String line() {
        return "%d lost, %d doubled, %d stuck, %d unhealed, %d unaudited, %d refused for good"
                .formatted(
                        lost.size(), doubled.size(), stuck.size(), unhealed.size(), unaudited.size(), refused.size());
    }
}
