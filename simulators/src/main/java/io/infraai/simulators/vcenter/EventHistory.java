package io.infraai.simulators.vcenter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened to machines. */
final class EventHistory {

    private record Entry(int key, String type, Machine machine, String user, String text, Instant created) {}

    /** As many as one answer of a vCenter holds. */
    private static final int LIMIT = 1_000;

    private final List<Entry> all = new ArrayList<>();

    void record(String type, Machine machine, String user, String text, Instant now) {
        all.add(new Entry(all.size() + 1, type, machine, user, text, now));
    }

    /** The events of one object, or of all when it is empty; the latest first. */
    String since(Instant begin, String object) {
        var xml = new StringBuilder();
        all.reversed().stream()
                .filter(entry -> !entry.created().isBefore(begin))
                .filter(entry -> object.isEmpty() || entry.machine().id().equals(object))
                .limit(LIMIT)
                .forEach(entry -> xml.append(rendered(entry)));
        return xml.toString();
    }

    private static String rendered(Entry entry) {
        return """
                <returnval xsi:type="%s"><key>%d</key><chainId>%d</chainId><createdTime>%s</createdTime>\
                <userName>%s</userName><vm><name>%s</name>%s</vm><fullFormattedMessage>%s</fullFormattedMessage>\
                </returnval>""".formatted(
                        entry.type(),
                        entry.key(),
                        entry.key(),
                        entry.created(),
                        Markup.escape(entry.user()),
                        Markup.escape(entry.machine().name()),
                        Markup.reference("vm", "VirtualMachine", entry.machine().id()),
                        Markup.escape(entry.text()));
    }
}
