package io.infraai.simulators.vcenter;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;

/** The performance manager: what was measured of machines since they were started. */
final class Measurements {

    private static final int REALTIME_SECONDS = 20;

    /** What a sample is told as when nothing was measured. */
    private static final long NOTHING = -1;

    private final VcenterConfig config;
    private final Inventory inventory;
    boolean kept = true;

    Measurements(VcenterConfig config, Inventory inventory) {
        this.config = config;
        this.inventory = inventory;
    }

    String provider(SoapRequest request) {
        var machine = inventory.machine(request.body().textOf("entity"));
        return "<returnval>" + Markup.reference("entity", "VirtualMachine", machine.id())
                + "<currentSupported>true</currentSupported><summarySupported>true</summarySupported><refreshRate>"
                + REALTIME_SECONDS + "</refreshRate></returnval>";
    }

    String available(SoapRequest request) {
        var machine = inventory.machine(request.body().textOf("entity"));
        var xml = new StringBuilder();
        if (kept && machine.bootTime != null) {
            for (var counter : Counter.ALL) {
                xml.append(metric(counter, "")).append(metric(counter, "0"));
            }
        }
        return xml.toString();
    }

    String query(SoapRequest request) {
        var spec = request.body().child("querySpec").orElseThrow(() -> refused("querySpec"));
        var machine = inventory.machine(spec.textOf("entity"));
        var interval = Integer.parseInt(spec.textOf("intervalId"));
        if (config.product() == Product.ESXI && interval != REALTIME_SECONDS) {
            throw refused("querySpec.interval");
        }
        var now = config.clock().instant();
        var begin = later(Instant.parse(spec.textOf("startTime")), machine.bootTime == null ? now : machine.bootTime);
        var samples =
                Math.min(Duration.between(begin, now).toSeconds() / interval, Long.parseLong(spec.textOf("maxSample")));
        var xml = new StringBuilder("<returnval xsi:type=\"PerfEntityMetric\">")
                .append(Markup.reference("entity", "VirtualMachine", machine.id()));
        // the latest first, as nobody promises another order
        LongStream.range(0, samples)
                .forEach(back -> xml.append("<sampleInfo><timestamp>%s</timestamp><interval>%d</interval></sampleInfo>"
                        .formatted(now.minusSeconds(back * interval), interval)));
        for (var metric : spec.children("metricId")) {
            xml.append(series(counter(metric.textOf("counterId")), samples));
        }
        return xml.append("</returnval>").toString();
    }

    private static String series(Counter counter, long samples) {
        var xml = new StringBuilder("<value xsi:type=\"PerfMetricIntSeries\"><id><counterId>")
                .append(counter.key())
                .append("</counterId><instance></instance></id>");
        LongStream.range(0, samples)
                .map(back -> back == 1 ? NOTHING : counter.first() + counter.step() * (samples - 1 - back))
                .forEach(value -> xml.append("<value>").append(value).append("</value>"));
        return xml.append("</value>").toString();
    }

    private static Counter counter(String key) {
        return Counter.ALL.stream()
                .filter(counter -> Integer.toString(counter.key()).equals(key))
                .findFirst()
                .orElseThrow(() -> refused("querySpec.metricId"));
    }

    private static String metric(Counter counter, String instance) {
        return "<returnval><counterId>%d</counterId><instance>%s</instance></returnval>"
                .formatted(counter.key(), instance);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static SoapFault refused(String parameter) {
        return new SoapFault("InvalidArgument", "A specified parameter was not correct: " + parameter);
    }
}
