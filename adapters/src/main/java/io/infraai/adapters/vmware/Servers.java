package io.infraai.adapters.vmware;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Rehearsal;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Settlement.StillUnknown;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;

/** The VMware servers by name. Every call of a tool goes through here. */
@ApplicationScoped
class Servers {

    static final String DEFAULT = "default";

    private static final String PREFIX = "infraai.vmware";

    private final Map<String, VmwareServer> byName = new TreeMap<>();

    Servers(VmwareConfig config, Clock clock) {
        byName.put(DEFAULT, VmwareServer.of(config, new ServerSettings(PREFIX, config), clock));
        config.servers()
                .forEach((name, access) -> byName.put(
                        name,
                        VmwareServer.of(
                                config, new ServerSettings(PREFIX + ".servers.\"" + name + "\"", access), clock)));
    }

    <P extends Record & OnServer> Uni<ToolResult> result(
            P parameters, ToolContext context, Function<VmwareServer, ToolResult> call) {
        return at(parameters, server -> server.calls().result(context, () -> call.apply(server)));
    }

    <P extends Record & OnServer, T extends Record> Uni<Identified<T>> identified(
            P parameters, ToolContext context, Function<VmwareServer, T> call) {
        return at(parameters, server -> server.calls().identified(context, () -> call.apply(server)), NotFound::new);
    }

    <P extends Record & OnServer> Uni<Settlement> settled(
            P parameters, ToolContext context, Function<VmwareServer, Settlement> call) {
        return at(
                parameters,
                server -> server.calls().settled(context, () -> call.apply(server)),
                failed -> new StillUnknown(failed.message()));
    }

    <P extends Record & OnServer> Uni<Rehearsal> rehearsed(
            P parameters, ToolContext context, Function<VmwareServer, Rehearsal> call) {
        return at(
                parameters,
                server -> server.calls().<Rehearsal>off(context, () -> call.apply(server), Rehearsal.Refused::new),
                Rehearsal.Refused::new);
    }

    /** For what is sent only once: its traces may need a moment to show, and nobody looks again later. */
    <P extends Record & OnServer> Uni<Settlement> settledInTime(
            P parameters, ToolContext context, Function<VmwareServer, Settlement> call) {
        return at(
                parameters,
                server -> server.calls().settledInTime(context, () -> call.apply(server)),
                failed -> new StillUnknown(failed.message()));
    }

    /** For what takes several calls. */
    <P extends Record & OnServer> Uni<ToolResult> at(P parameters, Function<VmwareServer, Uni<ToolResult>> work) {
        return at(parameters, work, failed -> failed);
    }

    private <P extends Record & OnServer, R> Uni<R> at(
            P parameters, Function<VmwareServer, Uni<R>> work, Function<Failed, R> failure) {
        var name = parameters.server() == null ? DEFAULT : parameters.server();
        var server = byName.get(name);
        return server == null ? Uni.createFrom().item(failure.apply(unknown(name))) : work.apply(server);
    }

    private Failed unknown(String name) {
        return new Failed(
                INVALID_PARAMETERS,
                "There is no VMware server " + name + "; known are " + String.join(", ", byName.keySet()));
    }

    @PreDestroy
    void close() {
        byName.values().forEach(VmwareServer::close);
    }
}
