package io.infraai.standalone.deploy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.infraai.standalone.deploy.RightsTable.Right;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code kubectl auth can-i --list}: all that an account may do in a namespace. */
final class CanI {

    /** Resources, other URLs, names that it is limited to, verbs. */
    private static final Pattern ROW = Pattern.compile("(?m)^(\\S*)\\s+\\[([^]]*)]\\s+\\[([^]]*)]\\s+\\[([^]]*)]$");

    /** That everybody may ask what they may do. */
    private static final String ASKING = "authorization.k8s.io";

    private CanI() {}

    /**
     * @param admin who may ask for others
     * @param account as in {@code namespace:name}
     */
    static Set<Right> list(Path admin, String account, String namespace) {
        var table = Program.run(
                        "kubectl",
                        "--kubeconfig=" + admin,
                        "--as=system:serviceaccount:" + account,
                        "--namespace=" + namespace,
                        "auth",
                        "can-i",
                        "--list")
                .good();
        var rows = ROW.matcher(table).results().toList();
        assertThat(rows).as(table).hasSize((int) table.lines().count() - 1);
        return rows.stream()
                .filter(row -> !row.group(1).isEmpty())
                .flatMap(CanI::rights)
                .filter(right -> !right.group().equals(ASKING))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Right> rights(MatchResult row) {
        assertThat(row.group(3)).as("only some by name: " + row.group()).isEmpty();
        // pods, deployments.apps, deployments.apps/scale
        var slash = row.group(1).split("/", 2);
        var dot = slash[0].split("\\.", 2);
        var resource = slash.length == 1 ? dot[0] : dot[0] + "/" + slash[1];
        var group = dot.length == 1 ? "" : dot[1];
        return Arrays.stream(row.group(4).split(" ")).map(verb -> new Right(group, resource, verb));
    }
}
