package io.infraai.adapters.vmware;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * Something that the server noted.
 *
 * @param type such as {@code VmPoweredOffEvent}
 */
record VmEvent(String type, Instant created, String user, String message) {

    /** Of a machine since a time by the server's clock, oldest first. */
    static List<VmEvent> of(VimSession session, String machine, Instant begin) {
        var filter = "<filter><entity>" + Xml.reference("entity", Machine.TYPE, machine)
                + "<recursion>self</recursion></entity><time><beginTime>" + begin.truncatedTo(ChronoUnit.MICROS)
                + "</beginTime></time></filter>";
        return session
                .call("QueryEvents", "EventManager", session.content().eventManager(), filter)
                .children("returnval")
                .stream()
                .map(VmEvent::read)
                .filter(event -> !event.created().isBefore(begin))
                // servers differ in which comes first
                .sorted(Comparator.comparing(VmEvent::created))
                .toList();
    }

    private static VmEvent read(Xml event) {
        return new VmEvent(
                event.type().orElse("Event"),
                VimObject.instant(event.textOf("createdTime")).orElse(Instant.EPOCH),
                event.textOf("userName"),
                event.textOf("fullFormattedMessage"));
    }
}
