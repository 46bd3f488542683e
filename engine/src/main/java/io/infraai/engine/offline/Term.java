package io.infraai.engine.offline;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A word that means something here, with the forms in which people write it. */
enum Term {
    RESTART("restart bounce recycle reboot kick kill evict respawn"),
    SCALE("scale resize set increase decrease"),
    ROLL("roll"),
    ROLL_BACK("rollback revert undo"),
    CORDON("cordon"),
    UNCORDON("uncordon"),
    DRAIN("drain"),
    SILENCE("silence mute snooze"),
    UNSILENCE("unsilence unmute expire"),
    POWER_ON("boot start"),
    SHUT_DOWN("shutdown poweroff stop"),
    POWER("power turn switch shut"),
    TAKE("take create make"),
    REMOVE("remove delete drop"),
    ANNOTATE("annotate note"),
    PATCH("patch edit modify"),
    SHOW("show list get give display print see view fetch tell find look"),
    DESCRIBE("describe inspect details"),
    INVESTIGATE("investigate diagnose troubleshoot debug analyse analyze check examine diagnosis"),
    RUN("run execute evaluate eval"),
    DISCOVER("discover scan discovery"),
    EXPLAIN("explain"),
    PROPOSE("propose suggest draft write"),
    LOGS("logs log stdout stderr output wrote writes logged printed prints"),
    ERRORS("error errors exception exceptions warning warnings"),
    EVENTS("events event"),
    STATUS("status state health condition"),
    HISTORY("history revisions changed"),
    REVISION("revision"),
    TOP("top busiest heaviest hungriest hogging hog hogs"),
    WHY("why"),
    WRONG(
            "wrong failing failed fail fails broken crashing crash crashes crashed crashloop crashlooping down unhealthy problem"
                    + " problems trouble troubles issue issues stuck pending sick bad unready crashloopbackoff borked dead"
                    + " dying dies hanging hangs flapping unavailable unresponsive outage oomkilled oom"),
    WELL("well fine ok okay healthy alright good green"),
    ALERTS("alerts alert alarm alarms incident incidents"),
    FIRED("fired fire fires triggered happened happen happening"),
    FIRING("firing active alerting"),
    SILENCED("silenced muted silences"),
    SIMILAR("similar alike"),
    BEFORE("before previously"),
    POLICY("policy policies"),
    ACTED(
            "act acted react reacted acting ignored ignore match matched apply applied trigger healed remediated handled"),
    TASKS("task tasks actions"),
    APPROVALS("approvals approval"),
    APPROVE("approve reject approved"),
    CPU("cpu cpus processor load cores"),
    MEMORY("memory ram mem"),
    DISK("disk filesystem storage"),
    RESTARTS("restarts restarted restarting"),
    USAGE("usage consumption utilisation utilization consuming uses using use"),
    METRICS("metrics metric"),
    QUERY("query promql"),
    TARGETS("targets target scraped scraping scrape"),
    VM("vm vms"),
    MACHINE("machine machines guest guests"),
    VIRTUAL("virtual"),
    HOST("host hosts hypervisor hypervisors esxi esx"),
    SNAPSHOT("snapshot snapshots"),
    POD("pod pods"),
    DEPLOYMENT("deployment deployments deploy rollout rollouts"),
    STATEFULSET("statefulset statefulsets sts"),
    DAEMONSET("daemonset daemonsets"),
    NODE("node nodes"),
    NAMESPACE("namespace namespaces ns"),
    CONTAINER("container containers"),
    CLUSTER("cluster clusters"),
    SERVICE("service services svc"),
    INGRESS("ingress ingresses"),
    CONFIG_MAP("configmap configmaps"),
    SECRET("secret secrets"),
    JOB("job jobs"),
    CRON_JOB("cronjob cronjobs"),
    VOLUME_CLAIM("pvc pvcs persistentvolumeclaim persistentvolumeclaims"),
    REPLICA_SET("replicaset replicasets"),
    REPLICAS("replicas replica instances"),
    DASHBOARDS("dashboard dashboards grafana"),
    ASSETS("asset assets inventory"),
    SUBNET("subnet network"),
    DOCUMENT("document"),
    HELP("help commands capabilities"),
    GREETING("hi hello hey"),
    THANKS("thanks thank thx cheers"),
    YES("yes yep yeah sure proceed confirm"),
    PREVIOUS("previous"),
    IT("it its that this them those these they"),
    FIRST("first"),
    SECOND("second"),
    THIRD("third"),
    NOT(
            "not don't dont never didn't didnt doesn't doesnt isn't isnt wasn't wasnt weren't hasn't hasnt haven't won't without nothing avoid cannot can't"),
    CONDITIONAL("if whenever unless until once"),
    QUESTION("what which how who where should is are was were did does has have whose");

    private static final Map<String, Term> BY_WORD = byWord();

    private static final Set<Term> DEMANDS = demands();

    /** In shorter words a slip makes another word: shop, show. Only swapped letters are put back there. */
    private static final int SHORTEST_CORRECTED = 5;

    private static final int SHORTEST_SWAPPED = 4;

    private final List<String> words;

    Term(String words) {
        this.words = List.of(words.split(" ", -1));
    }

    private static Map<String, Term> byWord() {
        var all = new HashMap<String, Term>();
        Arrays.stream(values()).forEach(term -> term.words.forEach(word -> all.put(word, term)));
        return Map.copyOf(all);
    }

    private static Set<Term> demands() {
        var demands = EnumSet.range(RESTART, LOGS);
        demands.add(EVENTS);
        demands.add(TOP);
        return Collections.unmodifiableSet(demands);
    }

    static Optional<Term> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** The only one that a slip away from the word. */
    static Optional<Term> nearly(String word) {
        if (word.length() < SHORTEST_SWAPPED || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            return Optional.empty();
        }
        var near = BY_WORD.entrySet().stream()
                .filter(each -> isSwap(each.getKey(), word)
                        || (Math.min(each.getKey().length(), word.length()) >= SHORTEST_CORRECTED
                                && isOneSlip(each.getKey(), word)))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return near.size() == 1 ? Optional.of(near.getFirst()) : Optional.empty();
    }

    /** One letter more, less or changed. */
    private static boolean isOneSlip(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        var begin = 0;
        while (begin < Math.min(one.length(), other.length()) && one.charAt(begin) == other.charAt(begin)) {
            begin++;
        }
        var restOfOne = one.substring(begin);
        var restOfOther = other.substring(begin);
        return tail(restOfOne, 1).equals(tail(restOfOther, 1))
                || tail(restOfOne, 1).equals(restOfOther)
                || restOfOne.equals(tail(restOfOther, 1));
    }

    private static boolean isSwap(String one, String other) {
        if (one.length() != other.length() || one.equals(other)) {
            return false;
        }
        var begin = 0;
        while (one.charAt(begin) == other.charAt(begin)) {
            begin++;
        }
        return swapped(one.substring(begin)).equals(other.substring(begin));
    }

    private static String tail(String text, int from) {
        return text.length() < from ? text : text.substring(from);
    }

    private static String swapped(String text) {
        return text.length() < 2 ? text : "" + text.charAt(1) + text.charAt(0) + text.substring(2);
    }

    /** Whether it is a kind of object that Kubernetes knows; then its name there. */
    Optional<String> resourceKind() {
        return switch (this) {
            case POD, DEPLOYMENT, STATEFULSET, DAEMONSET, NODE, NAMESPACE, SERVICE, INGRESS, SECRET, JOB ->
                Optional.of(name().toLowerCase(Locale.ROOT));
            case CONFIG_MAP -> Optional.of("configmap");
            case CRON_JOB -> Optional.of("cronjob");
            case VOLUME_CLAIM -> Optional.of("persistentvolumeclaim");
            case REPLICA_SET -> Optional.of("replicaset");
            default -> Optional.empty();
        };
    }

    /** Whether a word after it may be its name. */
    boolean takesName() {
        return resourceKind().isPresent()
                || switch (this) {
                    case VM, MACHINE, HOST, POLICY, ALERTS, CONTAINER, CLUSTER, DASHBOARDS, SNAPSHOT, DOCUMENT -> true;
                    default -> false;
                };
    }

    /** Whether a sentence that begins with it asks for something. */
    boolean commands() {
        return DEMANDS.contains(this);
    }
}
