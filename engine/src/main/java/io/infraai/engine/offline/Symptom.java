package io.infraai.engine.offline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What goes wrong in clusters, by the reasons that Kubernetes gives, with what is usually behind it and what to do next. */
enum Symptom {
    OUT_OF_MEMORY(
            "OOMKilled",
            "OOMKilled OOMKilling SystemOOM",
            "The container used more memory than its limit and was killed.",
            "Compare its memory with the limit; raise the limit, or find what holds the memory."),
    CRASH_LOOP(
            "CrashLoopBackOff",
            "CrashLoopBackOff BackOff Error ContainerCannotRun StartError",
            "The container starts and ends again and again: by an error of the program, a missing setting, or a dependency that"
                    + " isn't there.",
            "Read the log of the run before the last restart; see what changed last."),
    IMAGE(
            "ImagePullBackOff",
            "ImagePullBackOff ErrImagePull InvalidImageName ErrImageNeverPull",
            "The image can't be pulled: its name or tag is wrong, or the registry refuses or isn't reached.",
            "Check the image's name and tag and the pull secret; if a rollout brought it, roll back."),
    MISSING_CONFIGURATION(
            "CreateContainerConfigError",
            "CreateContainerConfigError",
            "A ConfigMap or Secret, or a key in one, that the container needs isn't there.",
            "Create what the event names, or correct the reference."),
    CANNOT_START(
            "container can't start",
            "CreateContainerError RunContainerError",
            "The container runtime can't start the container: a wrong command, mount or permission.",
            "Read the event's message; correct the pod's template."),
    UNSCHEDULABLE(
            "Pending, unschedulable",
            "FailedScheduling Unschedulable",
            "No node takes the pod: too little free CPU or memory, taints, affinity or an unbound volume.",
            "Look at the nodes' room and taints; lower the requests or add a node."),
    VOLUME(
            "volume not mounted",
            "FailedMount FailedAttachVolume FailedMapVolume ProvisioningFailed FailedBinding",
            "A volume that the pod needs can't be attached or mounted.",
            "Look at the claim and its storage class, and whether another node still holds the volume."),
    SANDBOX(
            "pod sandbox fails",
            "FailedCreatePodSandBox NetworkNotReady",
            "The node can't set up the pod's network.",
            "Look at the network plugin on that node."),
    FAILING_PROBE(
            "failing probe",
            "Unhealthy ProbeWarning",
            "A liveness, readiness or startup probe fails: the program is slow, stuck, or answers elsewhere than the probe asks.",
            "Read the pod's log at that time; compare the probe's port, path and delay."),
    EVICTED(
            "evicted",
            "Evicted Preempting Preempted EvictionThresholdMet",
            "The node ran short of memory, disk or processes, or a more important pod took the place.",
            "Look at the node's pressure and at the pod's requests."),
    QUOTA(
            "pods can't be created",
            "FailedCreate",
            "The controller may not create pods: a quota is used up or an admission rule refuses them.",
            "Read the event's message; look at the namespace's quota."),
    STUCK_ROLLOUT(
            "rollout stuck",
            "ProgressDeadlineExceeded",
            "The new version's pods don't become ready in time.",
            "Find out why its pods aren't ready; until then roll back."),
    FAILED_JOB(
            "job failed",
            "DeadlineExceeded BackoffLimitExceeded",
            "The job took too long or failed too often.",
            "Read the log of its last pod."),
    NODE_DOWN(
            "node not ready",
            "NodeNotReady NodeNotReachable NodeLost",
            "The node's kubelet doesn't report: the machine, its network or the kubelet is down.",
            "Look at the machine itself; keep new pods off it."),
    NODE_PRESSURE(
            "node under pressure",
            "NodeHasDiskPressure NodeHasInsufficientMemory NodeHasInsufficientPID FreeDiskSpaceFailed",
            "The node is short of disk, memory or processes.",
            "Free some, or move pods to other nodes."),
    NOT_READY(
            "not ready",
            "",
            "The pod runs but isn't ready, and Kubernetes gives no reason.",
            "Look at its readiness probe and its log.");

    private final String title;
    private final List<String> reasons;
    private final String cause;
    private final String next;

    Symptom(String title, String reasons, String cause, String next) {
        this.title = title;
        this.reasons = List.of(reasons.split(" ", -1));
        this.cause = cause;
        this.next = next;
    }

    /** What a reason of Kubernetes stands for. */
    static Optional<Symptom> of(String reason) {
        return Arrays.stream(values())
                .filter(symptom -> !reason.isEmpty() && symptom.reasons.contains(reason))
                .findFirst();
    }

    String title() {
        return title;
    }

    String cause() {
        return cause;
    }

    String next() {
        return next;
    }

    /** Whether what the container wrote before it ended tells more. */
    boolean leavesLog() {
        return this == CRASH_LOOP
                || this == OUT_OF_MEMORY
                || this == FAILING_PROBE
                || this == NOT_READY
                || this == FAILED_JOB;
    }

    boolean mayComeFromRollout() {
        return switch (this) {
            case CRASH_LOOP, IMAGE, MISSING_CONFIGURATION, CANNOT_START, STUCK_ROLLOUT, FAILING_PROBE -> true;
            default -> false;
        };
    }
}
