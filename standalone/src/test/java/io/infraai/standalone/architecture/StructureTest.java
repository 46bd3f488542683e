package io.infraai.standalone.architecture;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.fixture.OfAdapters;
import io.infraai.adapters.kubernetes.fixture.KnowsPrometheus;
import io.infraai.adapters.prometheus.fixture.OfPrometheus;
import io.infraai.contracts.fixture.DependsOnFramework;
import io.infraai.embedded.fixture.KnowsMessaging;
import io.infraai.engine.fixture.KnowsWorker;
import io.infraai.healing.fixture.KnowsAdapters;
import io.infraai.messaging.fixture.KnowsContracts;
import io.infraai.policies.fixture.DependsOnContainer;
import io.infraai.worker.fixture.KnowsTestkit;
import io.infraai.worker.fixture.OfWorker;
import io.infraai.worker.fixture.first.First;
import io.infraai.worker.fixture.second.Second;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.infraai.standalone.architecture.Code.MAIN;
import static io.infraai.standalone.architecture.Code.assertFinds;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may know whom. */
class StructureTest {

    /** Gateway and healing hold no infrastructure clients: this table is the network segmentation. */
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry("contracts", Set.of()),
            Map.entry("policies", Set.of("contracts")),
            Map.entry("messaging", Set.of()),
            Map.entry("logs", Set.of()),
            Map.entry("persistence", Set.of("contracts", "logs")),
            Map.entry("adapters", Set.of("contracts", "logs")),
            Map.entry("gateway", Set.of("contracts", "policies", "messaging", "persistence", "logs")),
            Map.entry("healing", Set.of("contracts", "policies", "messaging", "persistence", "logs")),
            Map.entry("engine", Set.of("contracts", "policies", "messaging", "persistence", "adapters", "logs")),
            Map.entry("worker", Set.of("contracts", "messaging", "persistence", "adapters", "logs")),
            Map.entry("embedded", Set.of()),
            Map.entry("simulators", Set.of()),
            Map.entry(
                    "standalone",
                    Set.of("contracts", "gateway", "healing", "engine", "worker", "embedded", "simulators")),
            Map.entry("testkit", Set.of("contracts", "embedded", "simulators")));

    /** Measure whatever they like; nobody knows them. */
    private static final String BENCHMARKS = "benchmarks";

    private static final ArchRule MODULES = classes()
            .that(DescribedPredicate.describe(
                    "measure nothing", type -> !Code.moduleOf(type).equals(BENCHMARKS)))
            .should(new ArchCondition<>("know only the modules that their own may know") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(StructureTest::leavesWhatIsAllowed)
                            .map(dependency -> SimpleConditionEvent.violated(type, dependency.getDescription()))
                            .forEach(events::add);
                }
            });

    private static final ArchRule CONTRACTS = classes()
            .that()
            .resideInAPackage("io.infraai.contracts..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.infraai.contracts..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "io.smallrye.mutiny..",
                    "org.jspecify.annotations.."));

    private static final ArchRule POLICIES = classes()
            .that()
            .resideInAPackage("io.infraai.policies..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.infraai.policies..",
                    "io.infraai.contracts..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "com.google.re2j..",
                    "dev.cel..",
                    // what CEL's own methods return
                    "com.google.common.collect..",
                    "com.networknt.schema..",
                    "org.jspecify.annotations.."));

    private static final ArchRule SERVICES = slices().matching("io.infraai.(gateway|engine|healing|worker)..")
            .should()
            .notDependOnEachOther();

    private static final ArchRule PLATFORMS = slices().matching("io.infraai.adapters.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage("io.infraai.adapters.tool.."))
            .ignoreDependency(resideInAPackage("io.infraai.adapters.tool.."), DescribedPredicate.alwaysTrue());

    private static final ArchRule CYCLES =
            slices().matching("io.infraai.(**)").should().beFreeOfCycles();

    private static final ArchRule TESTKIT = noClasses()
            .that()
            .resideOutsideOfPackages("io.infraai.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.infraai.testkit..", "org.junit..", "org.assertj..", "io.quarkus.test..");

    @Test
    void everyModuleIsLookedAt() {
        var seen = new HashSet<String>();
        MAIN.forEach(type -> seen.add(Code.moduleOf(type)));

        assertThat(seen).containsAll(KNOWS.keySet());
    }

    @Test
    void everyModuleKnowsOnlyWhomItMayKnow() {
        MODULES.check(MAIN);
    }

    @Test
    void aConnectorThatKnowsTheContractsIsFound() {
        assertFinds(MODULES, KnowsContracts.class);
    }

    @Test
    void aHealerThatKnowsTheAdaptersIsFound() {
        assertFinds(MODULES, KnowsAdapters.class, OfAdapters.class);
    }

    @Test
    void embeddedServersThatKnowAnotherModuleAreFound() {
        assertFinds(MODULES, KnowsMessaging.class);
    }

    @Test
    void contractsDependOnNoFramework() {
        CONTRACTS.check(MAIN);
    }

    @Test
    void aContractThatDependsOnAFrameworkIsFound() {
        assertFinds(CONTRACTS, DependsOnFramework.class);
    }

    @Test
    void policiesDependOnLanguagesAndNoFramework() {
        POLICIES.check(MAIN);
    }

    @Test
    void aPolicyThatDependsOnTheContainerIsFound() {
        assertFinds(POLICIES, DependsOnContainer.class);
    }

    @Test
    void servicesKnowNothingOfEachOther() {
        SERVICES.check(MAIN);
    }

    @Test
    void aServiceThatKnowsAnotherIsFound() {
        assertFinds(SERVICES, KnowsWorker.class, OfWorker.class);
    }

    @Test
    void platformsKnowNothingOfEachOther() {
        PLATFORMS.check(MAIN);
    }

    @Test
    void aPlatformThatKnowsAnotherIsFound() {
        assertFinds(PLATFORMS, KnowsPrometheus.class, OfPrometheus.class);
    }

    @Test
    void packagesHaveNoCycles() {
        CYCLES.check(MAIN);
    }

    @Test
    void aCycleIsFound() {
        assertFinds(CYCLES, First.class, Second.class);
    }

    @Test
    void mainCodeKnowsNothingOfTests() {
        TESTKIT.check(MAIN);
    }

    @Test
    void mainCodeThatKnowsTheTestkitIsFound() {
        assertFinds(TESTKIT, KnowsTestkit.class);
    }

    private static boolean leavesWhatIsAllowed(Dependency dependency) {
        var from = Code.moduleOf(dependency.getOriginClass());
        var to = Code.moduleOf(dependency.getTargetClass().getBaseComponentType());
        return !to.isEmpty()
                && !to.equals(from)
                && !KNOWS.getOrDefault(from, Set.of()).contains(to);
    }
}
