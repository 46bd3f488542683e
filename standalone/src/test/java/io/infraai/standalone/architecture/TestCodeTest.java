package io.infraai.standalone.architecture;

import java.util.Map;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

import io.infraai.adapters.fixture.IsNotTested;
import io.infraai.contracts.stream.fixture.IsNotPinned;
import io.infraai.contracts.tool.Tool;
import io.infraai.testkit.tool.GuardedToolContract;
import io.infraai.testkit.tool.OneShotToolContract;
import io.infraai.worker.fixture.NothingTested;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static io.infraai.standalone.architecture.Code.MAIN;
import static io.infraai.standalone.architecture.Code.TESTS;
import static io.infraai.standalone.architecture.Code.assertFinds;
import static org.assertj.core.api.Assertions.assertThat;

/** What tests look like, and what must have one. */
class TestCodeTest {

    private static final String WIRE_TEST = "io.infraai.contracts.stream.WireTest";

    private static final ArchRule SENTENCES =
            methods().that().areMetaAnnotatedWith(Testable.class).should().haveNameMatching("[a-z][A-Za-z0-9]{9,79}");

    private static final ArchRule NO_MOCKS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mockito..", "org.easymock..", "mockit..", "org.jmock..", "org.powermock..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.quarkus.test.Mock");

    private static final ArchRule NO_SLEEP = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private static final ArchRule NOTHING_DISABLED = noMethods().should().beAnnotatedWith(Disabled.class);

    private static final ArchRule NO_CLASS_DISABLED = noClasses().should().beAnnotatedWith(Disabled.class);

    /** Why each is no concern of its kind's contract. */
    private static final Map<String, String> WITHOUT_CONTRACT = Map.of(
            "io.infraai.adapters.mcp.ExternalChange",
            "other people's servers can't be asked what became of a call, which the contract is about");

    private static final ArchRule TOOLS = classes()
            .that()
            .resideInAPackage("io.infraai.adapters..")
            .and()
            .areAssignableTo(Tool.Changing.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should(new ArchCondition<>("have a test that implements the contract of their kind") {
                @Override
                public void check(JavaClass tool, ConditionEvents events) {
                    var held = WITHOUT_CONTRACT.containsKey(tool.getName()) || hasContractTest(tool);
                    events.add(new SimpleConditionEvent(tool, held, tool.getName()));
                }
            });

    private static final ArchRule MESSAGES = classes()
            .that()
            .resideInAPackage("io.infraai.contracts.stream..")
            .and()
            .areRecords()
            .should(new ArchCondition<>("have their form pinned in " + WIRE_TEST) {
                @Override
                public void check(JavaClass message, ConditionEvents events) {
                    var pinned = dependsOn(TESTS.get(WIRE_TEST), message);
                    events.add(new SimpleConditionEvent(message, pinned, message.getName()));
                }
            });

    @Test
    void testsOfSeveralModulesAreLookedAt() {
        assertThat(TESTS.stream().map(Code::moduleOf))
                .contains("contracts", "messaging", "adapters", "simulators", "standalone", "testkit");
    }

    @Test
    void namesOfTestsAreSentences() {
        SENTENCES.check(TESTS);
    }

    @Test
    void nothingIsMocked() {
        NO_MOCKS.check(TESTS);
    }

    @Test
    void noTestSleeps() {
        NO_SLEEP.check(TESTS);
    }

    @Test
    void noTestIsDisabled() {
        NOTHING_DISABLED.check(TESTS);
        NO_CLASS_DISABLED.check(TESTS);
    }

    @Test
    void aTestThatNothingTestedIsFound() {
        assertFinds(SENTENCES, NothingTested.class);
        assertFinds(NO_MOCKS, NothingTested.class);
        assertFinds(NO_SLEEP, NothingTested.class);
        assertFinds(NOTHING_DISABLED, NothingTested.class);
        assertFinds(NO_CLASS_DISABLED, NothingTested.class);
    }

    @Test
    void everyToolThatChangesSomethingIsHeldToItsContract() {
        TOOLS.check(MAIN);
    }

    @Test
    void aToolWithoutContractTestIsFound() {
        assertFinds(TOOLS, IsNotTested.class);
    }

    @Test
    void everyMessageIsPinned() {
        MESSAGES.check(MAIN);
    }

    @Test
    void aMessageThatIsNotPinnedIsFound() {
        assertFinds(MESSAGES, IsNotPinned.class);
    }

    private static boolean hasContractTest(JavaClass tool) {
        var contract = tool.isAssignableTo(Tool.OneShot.class) ? OneShotToolContract.class : GuardedToolContract.class;
        return TESTS.stream().filter(test -> test.isAssignableTo(contract)).anyMatch(test -> dependsOn(test, tool));
    }

    private static boolean dependsOn(JavaClass from, JavaClass to) {
        return from.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().getName().equals(to.getName()));
    }
}
