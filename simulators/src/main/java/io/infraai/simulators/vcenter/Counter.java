package io.infraai.simulators.vcenter;

import java.util.List;

/**
 * Something that is measured of machines.
 *
 * @param key its number, which differs from server to server
 * @param first the oldest value
 * @param step what each later one has more
 */
record Counter(int key, String group, String name, String rollup, long first, long step) {

    static final List<Counter> ALL = List.of(
            new Counter(2, "cpu", "usage", "average", 2_500, 10),
            new Counter(6, "cpu", "usagemhz", "average", 1_300, 0),
            new Counter(12, "cpu", "ready", "summation", 400, 0),
            new Counter(24, "mem", "usage", "average", 2_500, 0),
            new Counter(33, "mem", "active", "average", 1_048_576, 0),
            new Counter(98, "mem", "consumed", "average", 2_097_152, 0),
            new Counter(125, "disk", "usage", "average", 120, 0),
            new Counter(133, "disk", "maxTotalLatency", "latest", 3, 0),
            new Counter(143, "net", "usage", "average", 80, 0));

    /** As one of the properties of the performance manager. */
    static Property asProperty() {
        var xml = new StringBuilder();
        for (var counter : ALL) {
            xml.append("""
                    <PerfCounterInfo><key>%d</key><nameInfo><key>%s</key></nameInfo><groupInfo><key>%s</key></groupInfo>\
                    <rollupType>%s</rollupType></PerfCounterInfo>""".formatted(counter.key, counter.name, counter.group, counter.rollup));
        }
        return new Property("ArrayOfPerfCounterInfo", xml.toString());
    }
}
