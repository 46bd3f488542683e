package io.infraai.policies;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonPointer;

import io.infraai.policies.PolicyReading.Fault;

/** Collects what is wrong with one document, so that its author is told everything at once. */
final class Faults {

    private final List<Fault> faults = new ArrayList<>();

    void add(JsonPointer at, String message) {
        faults.add(new Fault(at.toString(), message));
    }

    boolean none() {
        return faults.isEmpty();
    }

    List<Fault> all() {
        return List.copyOf(faults);
    }
}
