package io.infraai.policies;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.infraai.contracts.policy.Condition.During;

/** Reads {@code "during": {"days": ["mon-fri"], "from": "08:00", "to": "18:00", "zone": "Europe/Berlin"}}. */
final class DuringReader {

    private static final List<String> KEYS = List.of("days", "from", "to", "zone");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");

    private DuringReader() {}

    static Optional<During> read(Fields parent, Faults faults) {
        var object = Fields.of(parent.node().get("during"), parent.path("during"), faults);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        var fields = object.get();
        fields.refuseUnknown(KEYS);
        if (!fields.has("days") && !fields.has("from")) {
            parent.refuse("during", "needs \"days\", or \"from\" and \"to\", or both");
        }
        var days = days(fields);
        var from = time(fields, "from");
        var to = time(fields, "to");
        if (fields.has("from") != fields.has("to")) {
            parent.refuse("during", "needs \"from\" and \"to\" together");
        }
        var zone = zone(fields);
        if (fields.has("from")
                && from.equals(to)
                && !fields.node().path("to").asText().equals("24:00")) {
            fields.refuse("to", "is the same as \"from\": leave both out for the whole day");
        }
        // equal times mean the whole day
        return zone.map(it -> new During(days, from.orElse(LocalTime.MIDNIGHT), to.orElse(LocalTime.MIDNIGHT), it));
    }

    private static Optional<ZoneId> zone(Fields fields) {
        var name = fields.requiredText("zone");
        try {
            return name.map(ZoneId::of);
        } catch (DateTimeException _) {
            fields.refuse("zone", "no such time zone \"" + name.orElse("") + "\"; one is \"Europe/Berlin\"");
            return Optional.empty();
        }
    }

    private static Optional<LocalTime> time(Fields fields, String key) {
        var text = fields.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (key.equals("to") && text.get().equals("24:00")) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        if (!TIME.matcher(text.get()).matches()) {
            fields.refuse(key, "must be a time such as \"08:00\", unlike \"" + text.get() + "\"");
            return Optional.empty();
        }
        return text.map(LocalTime::parse);
    }

    private static Set<DayOfWeek> days(Fields fields) {
        if (!fields.has("days")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        var list = fields.node().path("days");
        if (!list.isArray() || list.isEmpty()) {
            fields.refuse("days", "must be a list such as [\"mon-fri\", \"sun\"]");
        }
        list.forEach(entry -> {
            if (!add(entry.isTextual() ? entry.textValue() : "", days)) {
                fields.refuse("days", "no such days " + entry + "; they read like \"mon-fri\" or \"sun\"");
            }
        });
        return days;
    }

    private static boolean add(String written, Set<DayOfWeek> days) {
        var ends = written.toLowerCase(Locale.ROOT).split("-", -1);
        int first = DAYS.indexOf(ends[0]);
        int last = DAYS.indexOf(ends[ends.length - 1]);
        if (first < 0 || last < 0 || ends.length > 2) {
            return false;
        }
        for (int day = first; ; day = (day + 1) % DAYS.size()) {
            days.add(DayOfWeek.of(day + 1));
            if (day == last) {
                return true;
            }
        }
    }
}
