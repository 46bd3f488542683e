package io.infraai.engine.offline;

import java.util.function.Function;

import dev.langchain4j.agent.tool.ToolExecutionRequest;

/** A small cluster with one namespace, and what its tools tell. */
final class Shop {

    static final String HEALTHY = """
            {"truncated":false,"pods":[
              {"namespace":"shop","name":"web-5d9c7b6f4d-abcde","phase":"Running","ready":true,"restarts":0,"node":"n1"},
              {"namespace":"shop","name":"db-0","phase":"Running","ready":true,"restarts":0,"node":"n2"}]}""";

    static final String CRASHING = """
            {"truncated":false,"pods":[
              {"namespace":"shop","name":"db-0","phase":"Running","ready":true,"restarts":0,"node":"n2"},
              {"namespace":"shop","name":"web-5d9c7b6f4d-abcde","phase":"Running","ready":false,"restarts":12,"node":"n1",
               "reason":"CrashLoopBackOff"}]}""";

    static final String THREE_FAULTS = """
            {"truncated":false,"pods":[
              {"namespace":"shop","name":"web-5d9c7b6f4d-abcde","phase":"Running","ready":false,"restarts":12,"node":"n1",
               "reason":"CrashLoopBackOff"},
              {"namespace":"shop","name":"cart-6c8d9f7b5c-fghij","phase":"Pending","ready":false,"restarts":0,"node":"n1",
               "reason":"ImagePullBackOff"},
              {"namespace":"shop","name":"batch-7f6d5c4b3a-klmno","phase":"Pending","ready":false,"restarts":0,"node":""},
              {"namespace":"shop","name":"db-0","phase":"Running","ready":true,"restarts":0,"node":"n2"}]}""";

    private static final String EVENTS = """
            {"events":[
              {"time":"2026-01-01T00:00:00Z","type":"Warning","reason":"BackOff","namespace":"shop",
               "object":"Pod/web-5d9c7b6f4d-abcde","message":"Back-off restarting failed container web","count":14}],"rest":0}""";

    private static final String HISTORY = """
            {"current":5,"revisions":[
              {"revision":5,"created":"2026-01-01T00:00:00Z","images":["shop/web:2.0"],"replicas":1},
              {"revision":4,"created":"2025-12-01T00:00:00Z","images":["shop/web:1.9"],"replicas":0}]}""";

    private static final String DESCRIBED = """
            {"object":{"status":{"containerStatuses":[{"name":"web","restartCount":12,
              "lastState":{"terminated":{"reason":"Error","exitCode":1}},"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}},
             "conditions":["Ready=False"],"owners":["ReplicaSet/web-5d9c7b6f4d","Deployment/web"],"events":[]}""";

    private Shop() {}

    static Function<ToolExecutionRequest, String> with(String pods) {
        return with(pods, "starting\\nno database at db:5432");
    }

    static Function<ToolExecutionRequest, String> with(String pods, String log) {
        return request -> switch (request.name()) {
            case "list_pods" -> Talk.done("pods", pods);
            case "events" -> Talk.done("events", EVENTS);
            case "list_alerts" -> Talk.done("1 active alert", """
                        {"alerts":[{"state":"active","labels":{"alertname":"PodCrashLoop","namespace":"shop"},
                          "annotations":{"summary":"web crashes"}}]}""");
            case "node_status" -> Talk.done("2 of 2 nodes ready", """
                        {"nodes":[{"name":"n1","ready":true,"troubles":[]},{"name":"n2","ready":true,"troubles":[]}]}""");
            case "pod_logs" -> Talk.done("2 lines", "{\"container\":\"web\",\"log\":\"" + log + "\"}");
            case "describe" -> Talk.done("Described it", DESCRIBED);
            case "rollout_history" -> Talk.done("2 revisions", HISTORY);
            case "list_vms" ->
                Talk.done(
                        "2 machines",
                        "{\"vms\":[{\"name\":\"db-1\",\"power_state\":\"poweredOn\"},{\"name\":\"db-2\",\"power_state\":\"poweredOn\"}]}");
            default -> Talk.done("Done", "{}");
        };
    }
}
