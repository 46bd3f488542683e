package io.infraai.simulators.vcenter;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

import io.infraai.simulators.vcenter.Effect.What;
import io.infraai.simulators.vcenter.Sessions.Session;
import io.infraai.simulators.vcenter.Sessions.View;

/** The methods of the API that are served. Called under the inventory's lock. */
final class Operations {

    /** What an operation says, and the session cookie that comes along; empty when none does. */
    record Said(String xml, String cookie) {}

    private final VcenterConfig config;
    private final Inventory inventory;
    private final Sessions sessions;
    private final PropertyReads reads;
    private final Power power;
    private final Jobs jobs;
    private final Measurements measurements;

    Operations(VcenterConfig config, Inventory inventory, Sessions sessions, Timers timers) {
        this.config = config;
        this.inventory = inventory;
        this.sessions = sessions;
        this.reads = new PropertyReads(config, inventory);
        this.power = new Power(config, inventory, timers);
        this.jobs = new Jobs(config, inventory, power, timers);
        this.measurements = new Measurements(config, inventory);
    }

    Power power() {
        return power;
    }

    Measurements measurements() {
        return measurements;
    }

    /** @throws SoapFault as its refusal */
    Said answer(SoapRequest request, String sessionKey, OpenCall call) {
        return switch (request.operation()) {
            case "RetrieveServiceContent" -> new Said(content(), "");
            case "Login" -> login(request);
            default -> new Said(authenticated(request, sessionKey, call), "");
        };
    }

    private Said login(SoapRequest request) {
        var key =
                sessions.open(request.body().textOf("userName"), request.body().textOf("password"));
        return new Said(
                "<returnval><key>%s</key><userName>%s</userName></returnval>"
                        .formatted(key, Markup.escape(request.body().textOf("userName"))),
                key);
    }

    private String authenticated(SoapRequest request, String sessionKey, OpenCall call) {
        if (!sessions.has(sessionKey) && request.operation().equals("RetrievePropertiesEx")) {
            return reads.hidden(request);
        }
        var session = sessions.of(sessionKey);
        var target = request.target();
        return switch (request.operation()) {
            case "Logout" -> {
                sessions.close(sessionKey);
                yield "";
            }
            case "CurrentTime" -> "<returnval>" + config.clock().instant() + "</returnval>";
            case "CreateContainerView" -> view(request, session);
            case "DestroyView" -> destroyed(target, session);
            case "RetrievePropertiesEx" -> reads.retrieve(request, session);
            case "ContinueRetrievePropertiesEx" -> reads.proceed(request, session);
            case "QueryEvents" -> events(request);
            case "QueryPerfProviderSummary" -> measurements.provider(request);
            case "QueryAvailablePerfMetric" -> measurements.available(request);
            case "QueryPerf" -> measurements.query(request);
            case "PowerOnVM_Task" -> jobs.powerOn(target, session.user, call);
            case "PowerOffVM_Task" -> jobs.powerOff(target, session.user, call);
            case "ResetVM_Task" -> jobs.reset(target, session.user, call);
            case "RebootGuest" -> rebooted(target, session.user, call);
            case "ShutdownGuest" -> shutDown(target, session.user, call);
            case "CreateSnapshot_Task" -> jobs.createSnapshot(request, call);
            case "RemoveSnapshot_Task" -> jobs.removeSnapshot(target, call);
            case String other -> throw new SoapFault("MethodNotFound", "There is no method " + other);
        };
    }

    private String rebooted(String target, String user, OpenCall call) {
        var machine = inventory.machine(target);
        power.mustRunTools(machine);
        call.changed(What.GUEST_REBOOTED, machine.id());
        power.rebootGuest(machine, user);
        return "";
    }

    private String shutDown(String target, String user, OpenCall call) {
        var machine = inventory.machine(target);
        power.mustRunTools(machine);
        if (power.shutDownGuest(machine, user)) {
            call.changed(What.GUEST_SHUT_DOWN, machine.id());
        }
        return "";
    }

    private static String view(SoapRequest request, Session session) {
        var id = "session[" + UUID.randomUUID() + "]view";
        var types = request.body().children("type").stream().map(Markup::text).toList();
        session.views.put(id, new View(request.body().textOf("container"), types));
        return Markup.reference("returnval", "ContainerView", id);
    }

    private static String destroyed(String id, Session session) {
        if (session.views.remove(id) == null) {
            throw SoapFault.gone(id);
        }
        return "";
    }

    private String events(SoapRequest request) {
        var filter = request.body()
                .child("filter")
                .orElseThrow(() -> new SoapFault("InvalidArgument", "QueryEvents without filter"));
        var object =
                filter.child("entity").map(entity -> entity.textOf("entity")).orElse("");
        var begin = filter.child("time").map(time -> time.textOf("beginTime")).orElse("");
        try {
            return inventory.events.since(
                    begin.isEmpty() ? Instant.EPOCH : Instant.parse(begin),
                    object.equals(inventory.root()) ? "" : object);
        } catch (DateTimeParseException _) {
            throw new SoapFault("InvalidArgument", "A specified parameter was not correct: filter.time");
        }
    }

    private String content() {
        var lone = config.product() == Product.ESXI;
        return "<returnval>"
                + Markup.reference("rootFolder", "Folder", inventory.root())
                + Markup.reference(
                        "propertyCollector", "PropertyCollector", lone ? "ha-property-collector" : "propertyCollector")
                + Markup.reference("perfManager", "PerformanceManager", inventory.performanceManager())
                + Markup.reference("viewManager", "ViewManager", "ViewManager")
                + """
                <about><name>%1$s</name><fullName>%1$s 8.0.2</fullName><version>8.0.2</version>\
                <apiType>%2$s</apiType><apiVersion>8.0.2.0</apiVersion></about>""".formatted(lone ? "VMware ESXi" : "VMware vCenter Server", lone ? "HostAgent" : "VirtualCenter")
                + Markup.reference("sessionManager", "SessionManager", lone ? "ha-sessionmgr" : "SessionManager")
                + Markup.reference("eventManager", "EventManager", lone ? "ha-eventmgr" : "EventManager")
                + "</returnval>";
    }
}
