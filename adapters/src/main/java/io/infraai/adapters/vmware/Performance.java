package io.infraai.adapters.vmware;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.infraai.adapters.tool.series.Sample;

/** What a server measured of machines over time. Blocks. */
final class Performance {

    /**
     * What was measured of a machine.
     *
     * @param series oldest first, by what they are called here
     */
    record History(Instant begin, Instant end, Duration interval, Map<String, List<Sample>> series) {}

    /**
     * A counter that is asked for.
     *
     * @param there its group, name and rollup, which are the same on all servers, unlike its number
     */
    private record Counter(String here, String there, Unit unit) {}

    private enum Unit {
        /** Hundredths of a percent. */
        HUNDREDTHS(0.01),
        KILOBYTES_AS_MB(1.0 / 1_024),
        AS_IT_IS(1),
        /** Milliseconds of the interval, told in percent of it. */
        MILLISECONDS_OF_INTERVAL(0.1);

        private final double factor;

        Unit(double factor) {
            this.factor = factor;
        }

        double told(long value, Duration interval) {
            return value * factor / (this == MILLISECONDS_OF_INTERVAL ? interval.toSeconds() : 1);
        }
    }

    private record Known(VimSession session, Map<String, String> numbers) {}

    private record Timed(Instant at, int place) {}

    /** What every server keeps at its lowest level of statistics. */
    private static final List<Counter> COUNTERS = List.of(
            new Counter("cpu_percent", "cpu.usage.average", Unit.HUNDREDTHS),
            new Counter("cpu_mhz", "cpu.usagemhz.average", Unit.AS_IT_IS),
            new Counter("cpu_ready_percent", "cpu.ready.summation", Unit.MILLISECONDS_OF_INTERVAL),
            new Counter("memory_percent", "mem.usage.average", Unit.HUNDREDTHS),
            new Counter("memory_active_mb", "mem.active.average", Unit.KILOBYTES_AS_MB),
            new Counter("memory_consumed_mb", "mem.consumed.average", Unit.KILOBYTES_AS_MB),
            new Counter("disk_kb_per_second", "disk.usage.average", Unit.AS_IT_IS),
            new Counter("disk_latency_ms", "disk.maxTotalLatency.latest", Unit.AS_IT_IS),
            new Counter("network_kb_per_second", "net.usage.average", Unit.AS_IT_IS));

    private static final Set<String> KEEPS_NONE = Set.of("InvalidArgument", "NotSupported", "NotImplemented");

    private static final String TYPE = "PerformanceManager";

    /** A week of half-hours is the most that one of the intervals below needs. */
    private static final int MOST_SAMPLES = 400;

    private volatile @Nullable Known known;

    /** Empty when the server keeps no samples of that time. */
    Optional<History> of(VimSession session, String machine, Duration length) {
        if (session.content().perfManager().isEmpty()) {
            return Optional.empty();
        }
        try {
            var interval = interval(session, machine, length);
            var end = session.now();
            return queried(session, machine, new History(end.minus(length), end, interval, Map.of()));
        } catch (VimFailure e) {
            // an interval that this server was told not to keep
            if (KEEPS_NONE.stream().anyMatch(e::is)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The shortest that reaches back so far: hosts keep the last hour, a vCenter rolls up what it keeps longer. */
    private static Duration interval(VimSession session, String machine, Duration length) {
        if (length.compareTo(Duration.ofHours(1)) <= 0) {
            var provider = asked(session, "QueryPerfProviderSummary", Xml.reference("entity", Machine.TYPE, machine))
                    .child("returnval");
            var rate = provider.filter(told -> told.textOf("currentSupported").equals("true"))
                    .flatMap(told -> VimObject.whole(told.textOf("refreshRate")))
                    .filter(seconds -> seconds > 0);
            if (rate.isPresent()) {
                return Duration.ofSeconds(rate.get());
            }
        }
        if (length.compareTo(Duration.ofDays(1)) <= 0) {
            return Duration.ofMinutes(5);
        }
        return length.compareTo(Duration.ofDays(7)) <= 0 ? Duration.ofMinutes(30) : Duration.ofHours(2);
    }

    private Optional<History> queried(VimSession session, String machine, History wanted) {
        var numbers = numbers(session);
        var available = available(session, machine, wanted.interval());
        var asked = COUNTERS.stream()
                .filter(counter -> available.contains(numbers.getOrDefault(counter.there(), "")))
                .toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        var spec = new StringBuilder("<querySpec>")
                .append(Xml.reference("entity", Machine.TYPE, machine))
                .append(Xml.element(
                        "startTime",
                        wanted.begin().truncatedTo(ChronoUnit.MICROS).toString()))
                .append(Xml.element("maxSample", Integer.toString(MOST_SAMPLES)));
        asked.forEach(counter -> spec.append("<metricId>")
                .append(Xml.element("counterId", numbers.getOrDefault(counter.there(), "")))
                .append("<instance></instance></metricId>"));
        spec.append(Xml.element("intervalId", Long.toString(wanted.interval().toSeconds())))
                .append("<format>normal</format></querySpec>");
        return asked(session, "QueryPerf", spec.toString())
                .child("returnval")
                .map(told -> series(told, asked, numbers, wanted.interval()))
                .filter(series -> !series.isEmpty())
                .map(series -> new History(wanted.begin(), wanted.end(), wanted.interval(), series));
    }

    private static Map<String, List<Sample>> series(
            Xml told, List<Counter> asked, Map<String, String> numbers, Duration interval) {
        var times = times(told);
        var values = new HashMap<String, List<Xml>>();
        told.children("value")
                .forEach(series -> series.child("id")
                        .ifPresent(id -> values.put(id.textOf("counterId"), series.children("value"))));
        var series = new HashMap<String, List<Sample>>();
        for (var counter : asked) {
            var samples = samples(
                    times,
                    values.getOrDefault(numbers.getOrDefault(counter.there(), ""), List.of()),
                    counter.unit(),
                    interval);
            if (!samples.isEmpty()) {
                series.put(counter.here(), samples);
            }
        }
        return series;
    }

    /** Oldest first; servers differ in that. */
    private static List<Timed> times(Xml told) {
        var times = new ArrayList<Timed>();
        var place = 0;
        for (var sample : told.children("sampleInfo")) {
            var at = VimObject.instant(sample.textOf("timestamp"));
            if (at.isPresent()) {
                times.add(new Timed(at.get(), place));
            }
            place++;
        }
        times.sort(Comparator.comparing(Timed::at));
        return times;
    }

    private static List<Sample> samples(List<Timed> times, List<Xml> values, Unit unit, Duration interval) {
        var samples = new ArrayList<Sample>();
        for (var time : times) {
            if (time.place() < values.size()) {
                VimObject.whole(values.get(time.place()).text())
                        // what wasn't measured is told as -1
                        .filter(value -> value >= 0)
                        .ifPresent(value -> samples.add(
                                new Sample(time.at().toEpochMilli() / 1_000.0, text(unit, value, interval))));
            }
        }
        return samples;
    }

    private static String text(Unit unit, long value, Duration interval) {
        return new BigDecimal(unit.told(value, interval))
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The numbers of counters by what they count: the server's choice, for as long as it runs. */
    private Map<String, String> numbers(VimSession session) {
        var before = known;
        if (before != null && before.session().equals(session)) {
            return before.numbers();
        }
        var numbers = new HashMap<String, String>();
        new Collector(session)
                .one(TYPE, session.content().perfManager(), List.of("perfCounter")).value("perfCounter").stream()
                        .flatMap(all -> all.children().stream())
                        .forEach(counter -> numbers.put(called(counter), counter.textOf("key")));
        known = new Known(session, Map.copyOf(numbers));
        return numbers;
    }

    private static String called(Xml counter) {
        return key(counter, "groupInfo") + "." + key(counter, "nameInfo") + "." + counter.textOf("rollupType");
    }

    private static String key(Xml counter, String of) {
        return counter.child(of).map(told -> told.textOf("key")).orElse("");
    }

    /** The numbers of those that are kept of the machine as a whole. */
    private static Set<String> available(VimSession session, String machine, Duration interval) {
        var answer = asked(
                session,
                "QueryAvailablePerfMetric",
                Xml.reference("entity", Machine.TYPE, machine)
                        + Xml.element("intervalId", Long.toString(interval.toSeconds())));
        var numbers = new HashSet<String>();
        answer.children("returnval").stream()
                .filter(metric -> metric.textOf("instance").isEmpty())
                .forEach(metric -> numbers.add(metric.textOf("counterId")));
        return numbers;
    }

    private static Xml asked(VimSession session, String operation, String arguments) {
        return session.call(operation, TYPE, session.content().perfManager(), arguments);
    }
}
