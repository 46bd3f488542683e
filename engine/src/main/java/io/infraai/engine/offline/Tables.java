package io.infraai.engine.offline;

import java.util.Map;
import java.util.Optional;

/** How the tools' lists are shown. */
final class Tables {

    static final Table PODS = Table.of(
            "pods",
            "",
            "namespace=/namespace",
            "pod=/name",
            "phase=/phase",
            "ready=/ready",
            "restarts=/restarts",
            "reason=/reason",
            "node=/node");

    static final Table EVENTS = Table.of(
            "events",
            "",
            "time=/time",
            "type=/type",
            "reason=/reason",
            "object=/object",
            "message=/message",
            "count=/count");

    private static final Map<String, Table> BY_TOOL = Map.ofEntries(
            Map.entry("list_pods", PODS),
            Map.entry("events", EVENTS),
            Map.entry(
                    "active_alerts",
                    Table.of(
                            "alerts",
                            "",
                            "state=/state",
                            "alert=/labels/alertname",
                            "severity=/labels/severity",
                            "namespace=/labels/namespace",
                            "pod=/labels/pod",
                            "since=/active_at",
                            "summary=/annotations/summary")),
            Map.entry(
                    "list_alerts",
                    Table.of(
                            "alerts",
                            "",
                            "state=/state",
                            "alert=/labels/alertname",
                            "severity=/labels/severity",
                            "namespace=/labels/namespace",
                            "pod=/labels/pod",
                            "since=/starts_at",
                            "summary=/annotations/summary",
                            "silenced by=/silenced_by")),
            Map.entry(
                    "node_status",
                    Table.of(
                            "nodes",
                            "",
                            "node=/name",
                            "ready=/ready",
                            "cordoned=/cordoned",
                            "troubles=/troubles",
                            "version=/version",
                            "cpu=/capacity/cpu",
                            "memory=/capacity/memory",
                            "taints=/taints")),
            Map.entry(
                    "rollout_history",
                    Table.of(
                            "revisions",
                            "",
                            "revision=/revision",
                            "created=/created",
                            "images=/images",
                            "replicas=/replicas",
                            "cause=/cause")),
            Map.entry(
                    "list_vms",
                    Table.of(
                            "vms",
                            "",
                            "machine=/name",
                            "power=/power_state",
                            "host=/host",
                            "folder=/folder",
                            "connection=/connection_state",
                            "tools run=/tools_running")),
            Map.entry(
                    "vm_events",
                    Table.of("events", "", "time=/created", "type=/type", "user=/user", "message=/message")),
            Map.entry(
                    "list_snapshots",
                    Table.of(
                            "snapshots",
                            "",
                            "snapshot=/name",
                            "created=/created",
                            "taken on=/taken_on",
                            "current=/current",
                            "description=/description")),
            Map.entry(
                    "host_status",
                    Table.of(
                            "hosts",
                            "",
                            "host=/name",
                            "connection=/connection_state",
                            "power=/power_state",
                            "status=/overall_status",
                            "maintenance=/in_maintenance",
                            "cpu used=/cpu_used_mhz MHz",
                            "memory used=/memory_used_mb MB")),
            Map.entry(
                    "list_targets",
                    Table.of(
                            "targets",
                            "",
                            "job=/job",
                            "instance=/instance",
                            "health=/health",
                            "last scrape=/last_scrape",
                            "error=/last_error")),
            Map.entry(
                    "search_grafana_dashboards",
                    Table.of("dashboards", "", "dashboard=/title", "uid=/uid", "folder=/folder", "tags=/tags")),
            Map.entry("get_grafana_dashboard", Table.of("panels", "", "panel=/id", "title=/title", "type=/type")),
            Map.entry(
                    "list_assets",
                    Table.of("assets", "", "type=/type", "address=/address", "name=/hostname", "services=/services")),
            Map.entry(
                    "network_discovery",
                    Table.of("hosts", "", "address=/address", "name=/hostname", "type=/type", "services=/services")),
            Map.entry(
                    "list_resources",
                    Table.of(
                            "items",
                            "",
                            "namespace=/namespace",
                            "name=/name",
                            "phase=/phase",
                            "replicas=/replicas",
                            "ready=/ready_replicas",
                            "created=/created",
                            "conditions=/conditions")),
            Map.entry(
                    "get_policies",
                    Table.of(
                            "policies",
                            "",
                            "id=/id",
                            "policy=/name",
                            "mode=/mode",
                            "enabled=/enabled",
                            "priority=/priority",
                            "tool=/action/tool",
                            "condition=/condition")),
            Map.entry(
                    "list_tasks",
                    Table.of(
                            "tasks",
                            "",
                            "task=/id",
                            "tool=/tool",
                            "target=/target",
                            "state=/state",
                            "asked for by=/requested_by",
                            "created=/created_at",
                            "reason=/reason")),
            Map.entry(
                    "explain_decision",
                    Table.of("policies", "", "policy=/policy", "outcome=/outcome", "reason=/reason")),
            Map.entry(
                    "list_episodes",
                    Table.of(
                            "episodes",
                            "",
                            "alert=/alertname",
                            "state=/state",
                            "opened=/opened_at",
                            "closed=/closed_at",
                            "namespace=/labels/namespace",
                            "pod=/labels/pod",
                            "decided=/decisions/0/outcome",
                            "policy=/decisions/0/policy",
                            "task=/tasks/0/state")),
            Map.entry(
                    "similar_incidents",
                    Table.of(
                            "incidents",
                            "",
                            "alert=/alertname",
                            "alike=/likeness_percent %",
                            "opened=/opened_at",
                            "state=/state",
                            "lasted=/seconds s",
                            "namespace=/labels/namespace",
                            "done=/tasks/0/tool",
                            "ended=/tasks/0/state")),
            Map.entry("query_prometheus", Table.of("series", "", "labels=/labels", "value=/value")));

    private Tables() {}

    /** Of pods or nodes. */
    static Table ofUsage(String what) {
        return Table.of(
                what,
                "",
                "namespace=/namespace",
                "name=/name",
                "cpu=/cpu_millicores m",
                "memory=/memory_mebibytes MiB");
    }

    static Optional<Table> of(String tool) {
        return Optional.ofNullable(BY_TOOL.get(tool));
    }
}
