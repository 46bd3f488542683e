package io.infraai.standalone.deploy;

/** The chart's manifests, as helm makes them for a cluster of today. */
final class RenderedChart {

    private RenderedChart() {}

    /**
     * @param profile a set of values of the chart's {@code ci}
     */
    static String of(String profile, String namespace) {
        return Program.run(
                        "helm",
                        "template",
                        "dry",
                        RightsTable.CHART.toString(),
                        "--namespace=" + namespace,
                        "--kube-version=1.31.0",
                        "--values=" + RightsTable.CHART.resolve("ci").resolve(profile + ".yaml"))
                .good();
    }
}
