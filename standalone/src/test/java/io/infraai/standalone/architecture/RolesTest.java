package io.infraai.standalone.architecture;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HttpMethod;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.fixture.HoldsEveryRole;
import io.infraai.contracts.tool.Tool;
import io.infraai.engine.fixture.ChangesThings;
import io.infraai.gateway.fixture.OpenToAnybody;
import io.infraai.gateway.security.RequiresPermission;
import io.infraai.persistence.fixture.OpensTransactions;
import io.infraai.persistence.intake.EpisodeSweep;
import io.infraai.persistence.task.TaskApproval;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskExecution;
import io.infraai.persistence.task.TaskSweep;
import io.infraai.persistence.task.TaskVerification;
import io.infraai.worker.fixture.ServesHttp;
import io.infraai.worker.fixture.SpeaksJdbc;
import io.infraai.worker.fixture.SpeaksSql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.infraai.standalone.architecture.Code.MAIN;
import static io.infraai.standalone.architecture.Code.assertFinds;
import static io.infraai.standalone.architecture.Code.assertFindsEveryMethod;
import static io.infraai.standalone.architecture.Code.packagesOf;

/** Who may do what. */
class RolesTest {

    private static final Set<String> OPENING =
            Set.of("getConnection", "withConnection", "withTransaction", "begin", "connect", "pool");

    private static final Set<String> CLIENTS =
            Set.of("io.vertx.sqlclient", "io.vertx.mutiny.sqlclient", "io.vertx.pgclient", "io.vertx.mutiny.pgclient");

    /** What benchmarks of the loop around a tool act with; off unless it is asked for. */
    private static final String DOES_NOTHING = "io.infraai.standalone.NoOperation";

    private static final ArchRule CHANGING = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.infraai.worker..",
                    "io.infraai.adapters..",
                    "io.infraai.contracts.tool..",
                    "io.infraai.testkit..")
            .and()
            .doNotHaveFullyQualifiedName(DOES_NOTHING)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Tool.Changing.class)
            .because("only the worker changes infrastructure");

    /** The gateway creates tasks where a person asks for one, and nowhere else. */
    private static final ArchRule TASKS = CompositeArchRule.of(
                    usedOnlyBy(TaskCreation.class, "healing", "engine", "gateway.tools"))
            .and(usedOnlyBy(TaskExecution.class, "worker"))
            .and(usedOnlyBy(TaskControl.class, "gateway"))
            .and(usedOnlyBy(TaskApproval.class, "gateway"))
            .and(usedOnlyBy(TaskSweep.class, "worker"))
            .and(usedOnlyBy(TaskVerification.class, "worker"))
            .and(usedOnlyBy(EpisodeSweep.class, "healing"));

    /** Benchmarks fill tables and count rows beside what they measure; no release contains them. */
    private static final String BENCHMARKS = "io.infraai.benchmarks..";

    private static final ArchRule SQL = noClasses()
            .that()
            .resideOutsideOfPackages("io.infraai.persistence..", BENCHMARKS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.sqlclient..",
                    "io.vertx.mutiny.sqlclient..",
                    "io.vertx.pgclient..",
                    "io.vertx.mutiny.pgclient..",
                    "org.hibernate..",
                    "jakarta.persistence..",
                    "io.agroal..",
                    "org.flywaydb..");

    /** The embedded server's roles and databases are made before there is anything else to make them with. */
    private static final ArchRule JDBC = noClasses()
            .that()
            .resideOutsideOfPackages("io.infraai.persistence..", "io.infraai.embedded..", BENCHMARKS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    private static final ArchRule TRANSACTIONS = noClasses()
            .that()
            .resideOutsideOfPackages("io.infraai.persistence.tenancy..", BENCHMARKS)
            .should()
            .accessTargetWhere(opensConnection())
            .because("what another class opens belongs to no tenant");

    private static final ArchRule POOLS = noClasses()
            .that()
            .resideOutsideOfPackages("io.infraai.persistence.tenancy..", BENCHMARKS)
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are connection pools",
                    type -> speaksSql(type.getPackageName())
                            && type.getSimpleName().endsWith("Pool")))
            .because("a statement on a pool runs in nobody's name");

    private static final ArchRule HTTP = noClasses()
            .that()
            .resideOutsideOfPackages("io.infraai.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.websocket..", "io.quarkus.websockets..");

    private static final ArchRule PERMISSIONS = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should()
            .beAnnotatedWith(RequiresPermission.class)
            .orShould()
            .beAnnotatedWith(PermitAll.class);

    @Test
    void onlyTheWorkerChangesInfrastructure() {
        CHANGING.check(MAIN);
    }

    @Test
    void anEngineThatChangesThingsIsFound() {
        assertFinds(CHANGING, ChangesThings.class);
    }

    @Test
    void everyRoleOnTasksIsHeldByItsService() {
        TASKS.check(MAIN);
    }

    @Test
    void anAdapterThatHoldsThoseRolesIsFound() {
        assertFindsEveryMethod(TASKS, HoldsEveryRole.class);
    }

    @Test
    void onlyPersistenceSpeaksSql() {
        SQL.check(MAIN);
        JDBC.check(MAIN);
    }

    @Test
    void aWorkerThatSpeaksSqlIsFound() {
        assertFinds(SQL, SpeaksSql.class);
        assertFinds(JDBC, SpeaksJdbc.class);
    }

    @Test
    void onlyTheTenantScopeOpensTransactions() {
        TRANSACTIONS.check(MAIN);
        POOLS.check(MAIN);
    }

    @Test
    void aStoreThatOpensTransactionsIsFound() {
        assertFinds(TRANSACTIONS, OpensTransactions.class);
        assertFinds(POOLS, OpensTransactions.class);
    }

    @Test
    void onlyTheGatewayServesHttp() {
        HTTP.check(MAIN);
    }

    @Test
    void aWorkerThatServesHttpIsFound() {
        assertFinds(HTTP, ServesHttp.class);
    }

    @Test
    void everyResourceMethodSaysWhoMayCallIt() {
        PERMISSIONS.check(MAIN);
    }

    @Test
    void aResourceMethodThatSaysNothingIsFound() {
        assertFinds(PERMISSIONS, OpenToAnybody.class);
    }

    private static ArchRule usedOnlyBy(Class<?> role, String... users) {
        var allowed = Stream.concat(Stream.of("io.infraai.persistence.."), Arrays.stream(packagesOf(users)))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(role);
    }

    private static DescribedPredicate<JavaAccess<?>> opensConnection() {
        return DescribedPredicate.describe(
                "opens a connection or a transaction",
                access -> speaksSql(access.getTargetOwner().getPackageName())
                        && access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget
                        && OPENING.stream().anyMatch(access.getTarget().getName()::startsWith));
    }

    private static boolean speaksSql(String packageName) {
        return CLIENTS.stream().anyMatch(packageName::startsWith);
    }
}
