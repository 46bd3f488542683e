package io.infraai.standalone.architecture;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import io.infraai.worker.fixture.AsksWhenLoaded;
import io.infraai.worker.fixture.DrawsWhenLoaded;
import io.infraai.worker.fixture.WorksWhenLoaded;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.infraai.standalone.architecture.Code.MAIN;
import static io.infraai.standalone.architecture.Code.assertFinds;
import static io.infraai.standalone.architecture.Code.packagesOf;

/**
 * The compiler of a native executable loads every class, and keeps what its constants are then: the properties, the time and the
 * chance of the machine that compiled it. Threads and open files it refuses.
 */
class NativeConstantsTest {

    private static final List<Class<?>> OF_A_RUN = List.of(
            Random.class,
            Thread.class,
            ExecutorService.class,
            Executors.class,
            HttpClient.class,
            InetAddress.class,
            Files.class,
            Clock.class);

    private static final ArchRule CONSTANTS = noClasses()
            .that()
            .resideInAnyPackage(packagesOf(
                    "contracts",
                    "policies",
                    "logs",
                    "messaging",
                    "persistence",
                    "adapters",
                    "gateway",
                    "healing",
                    "engine",
                    "worker"))
            .should(be(describe("one whose constants differ from run to run", NativeConstantsTest::differ)));

    @Test
    void noConstantDependsOnWhereItWasCompiled() {
        CONSTANTS.check(MAIN);
    }

    @Test
    void aConstantOfThisRunAloneIsFound() {
        assertFinds(CONSTANTS, AsksWhenLoaded.class);
        assertFinds(CONSTANTS, DrawsWhenLoaded.class);
        assertFinds(CONSTANTS, WorksWhenLoaded.class);
    }

    private static boolean differ(JavaClass type) {
        return type.getStaticInitializer().stream()
                .flatMap(initializer -> initializer.getAccessesFromSelf().stream())
                .anyMatch(NativeConstantsTest::isOfARun);
    }

    private static boolean isOfARun(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        if (owner.isEquivalentTo(System.class)) {
            return name.startsWith("get") || name.equals("nanoTime") || name.equals("currentTimeMillis");
        }
        return owner.isEquivalentTo(Instant.class)
                ? name.equals("now")
                : OF_A_RUN.stream().anyMatch(owner::isAssignableTo);
    }
}
