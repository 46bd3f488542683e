package io.infraai.benchmarks.chaos;

import io.infraai.simulators.kubernetes.SimulatedCluster;

/** One that is about a deployment of its own, so that whatever happens to that is this alert's doing. */
record Alert(int number, Action action) {

    static final String NAMESPACE = "shop";

    /** What the policy for it does. */
    enum Action {
        RESTART_POD("restart_pod", "\"pod_name\":\"${label.target}\""),
        RESTART_DEPLOYMENT("restart_deployment", "\"deployment_name\":\"${label.target}\""),
        SCALE_DEPLOYMENT("scale_deployment", "\"deployment_name\":\"${label.target}\",\"replicas\":2");

        private final String tool;
        private final String params;

        Action(String tool, String params) {
            this.tool = tool;
            this.params = params;
        }

        String tool() {
            return tool;
        }

        String policy() {
            return """
                    {"name":"%1$s","mode":"auto","condition":{"labels":{"alertname":"%1$s"}},
                     "action":{"tool":"%2$s","params":{%3$s,"namespace":"%4$s"}}}""".formatted(name(), tool, params, NAMESPACE);
        }
    }

    /** Stands in its labels, and is what its deployment is called. */
    String id() {
        return "chaos-" + number;
    }

    /** Makes what it is about, and says what that is called. */
    String targetIn(SimulatedCluster cluster) {
        cluster.addDeployment(NAMESPACE, id(), 1);
        return switch (action) {
            case RESTART_POD -> cluster.podsOf(NAMESPACE, id()).getFirst();
            case RESTART_DEPLOYMENT, SCALE_DEPLOYMENT -> id();
        };
    }
}
