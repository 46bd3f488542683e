package io.infraai.simulators.vcenter;

import java.util.Optional;

/** An object of the inventory. */
interface Managed {

    String type();

    String id();

    Property.Sheet sheet();

    /** The performance manager. */
    record Counters(String id) implements Managed {

        @Override
        public String type() {
            return "PerformanceManager";
        }

        @Override
        public Property.Sheet sheet() {
            return new Property.Sheet().with("perfCounter", Counter.asProperty());
        }
    }

    /** A folder or datacenter. */
    record Place(String type, String id, String name, String parent) implements Managed {

        @Override
        public Property.Sheet sheet() {
            return new Property.Sheet()
                    .with("name", Property.text(name))
                    .with(
                            "parent",
                            parent.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(Property.reference(
                                            parent.contains("datacenter") ? "Datacenter" : "Folder", parent)));
        }
    }
}
