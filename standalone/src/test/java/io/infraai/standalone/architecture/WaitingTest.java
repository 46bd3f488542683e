package io.infraai.standalone.architecture;

import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.MultiSubscribe;
import org.junit.jupiter.api.Test;

import io.infraai.worker.fixture.Blocks;
import io.infraai.worker.fixture.CallsCluster;
import io.infraai.worker.fixture.MakesUpTimeAndChance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.infraai.standalone.architecture.Code.MAIN;
import static io.infraai.standalone.architecture.Code.assertFinds;
import static io.infraai.standalone.architecture.Code.assertFindsEveryMethod;
import static io.infraai.standalone.architecture.Code.packagesOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Nobody waits, and nobody makes up the time or a number. */
class WaitingTest {

    private static final String[] SERVICES = packagesOf(
            "contracts", "policies", "messaging", "persistence", "adapters", "gateway", "engine", "healing", "worker");

    /** Not the connector, whose consumer name and backoff mean nothing to anybody else. */
    private static final String[] TIMED_BY_OTHERS =
            packagesOf("contracts", "policies", "persistence", "adapters", "gateway", "engine", "healing", "worker");

    private static final Map<String, String> MAY_WAIT = Map.of(
            "io.infraai.messaging.redis.RedisStreamsConnector",
            "at shutdown the entries in work get a bounded time, and there is no later to continue in",
            "io.infraai.worker.execution.Handback",
            "at shutdown the tasks in hand are given back within a bounded time, and there is no later to do it in");

    private static final ArchRule BLOCKING = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .and(DescribedPredicate.describe("have no reason to wait", type -> !MAY_WAIT.containsKey(outermost(type))))
            .should()
            .accessTargetWhere(DescribedPredicate.describe("it waits", WaitingTest::waits));

    private static final ArchRule BLOCKING_CLIENTS = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .and()
            .resideOutsideOfPackage("io.infraai.adapters..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "java.net.http..", "com.vmware..");

    private static final ArchRule TIME_AND_CHANCE = noClasses()
            .that()
            .resideInAnyPackage(TIMED_BY_OTHERS)
            .and()
            .resideOutsideOfPackage("io.infraai.persistence.clock..")
            .should()
            .accessTargetWhere(DescribedPredicate.describe("time or chance is made up", WaitingTest::makesUp));

    @Test
    void nothingBlocks() {
        BLOCKING.check(MAIN);
    }

    @Test
    void everyWayToBlockIsFound() {
        assertFindsEveryMethod(BLOCKING, Blocks.class);
    }

    @Test
    void everyReasonToWaitIsStillNeeded() {
        for (var name : MAY_WAIT.keySet()) {
            assertThat(MAIN.get(name).getAccessesFromSelf()).as(name).anyMatch(WaitingTest::waits);
        }
    }

    @Test
    void blockingClientsAreOfAdaptersOnly() {
        BLOCKING_CLIENTS.check(MAIN);
    }

    @Test
    void aWorkerThatCallsAClusterIsFound() {
        assertFinds(BLOCKING_CLIENTS, CallsCluster.class);
    }

    @Test
    void timeAndChanceComeFromOnePlace() {
        TIME_AND_CHANCE.check(MAIN);
    }

    @Test
    void everyWayToMakeThemUpIsFound() {
        assertFindsEveryMethod(TIME_AND_CHANCE, MakesUpTimeAndChance.class);
    }

    private static boolean waits(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        return (owner.isAssignableTo(Uni.class) && name.equals("await"))
                || (owner.isAssignableTo(MultiSubscribe.class)
                        && Set.of("asIterable", "asStream").contains(name))
                || (owner.isAssignableTo(Thread.class)
                        && Set.of("sleep", "join").contains(name))
                || (owner.isAssignableTo(TimeUnit.class) && name.equals("sleep"))
                || (owner.isAssignableTo(Future.class) && Set.of("get", "join").contains(name))
                || (owner.isAssignableTo(CountDownLatch.class) && name.equals("await"))
                || (owner.getPackageName().startsWith("io.vertx.mutiny") && name.endsWith("AndAwait"));
    }

    private static boolean makesUp(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        return (owner.getPackageName().equals("java.time") && name.equals("now") && !isGivenClock(access))
                || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
                || (owner.isEquivalentTo(Date.class) && name.equals(JavaConstructor.CONSTRUCTOR_NAME))
                || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
                || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                || (owner.isEquivalentTo(Random.class) && name.equals(JavaConstructor.CONSTRUCTOR_NAME))
                || (owner.isEquivalentTo(ThreadLocalRandom.class) && name.equals("current"))
                || (owner.isEquivalentTo(RandomGenerator.class)
                        && Set.of("getDefault", "of").contains(name));
    }

    private static boolean isGivenClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isAssignableTo(Clock.class));
    }

    /** Lambdas and nested classes wait on behalf of the class that they are written in. */
    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(WaitingTest::outermost).orElse(type.getName());
    }
}
