package io.infraai.standalone.architecture;

import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.config.ConfigMapping;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.fixture.CanBeExtended;
import io.infraai.contracts.fixture.OpenVocabulary;
import io.infraai.worker.fixture.HasFieldsInjected;
import io.infraai.worker.fixture.KeepsPlainPassword;
import io.infraai.worker.fixture.NeedsTooMuch;
import io.infraai.worker.fixture.PrintsAndLogs;
import io.infraai.worker.fixture.ReadsPlainToken;
import io.infraai.worker.fixture.util.TaskUtils;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static io.infraai.standalone.architecture.Code.MAIN;
import static io.infraai.standalone.architecture.Code.assertFinds;
import static io.infraai.standalone.architecture.Code.packagesOf;

/** How classes are made and named. */
class CraftTest {

    private static final int MOST_PARAMETERS = 7;

    private static final Set<String> INJECTING =
            Set.of(Inject.class.getName(), ConfigProperty.class.getName(), Channel.class.getName());

    private static final String EMPTY_NAME = ".+(Utils?|Helper|Manager|Impl|Dto|Info)";

    private static final String SECRET_NAME = "(?i).*(password|secret|token|api_?key)";

    /** The others don't know the contracts, and so have no word for a secret. */
    private static final String[] KNOW_SECRETS =
            packagesOf("contracts", "policies", "persistence", "adapters", "gateway", "engine", "healing", "worker");

    private static final Map<String, String> OPEN = Map.of(
            "io.infraai.contracts.asset.AssetInventory",
            "adapters write into what persistence keeps, and neither knows the other",
            "io.infraai.contracts.tool.Documents",
            "the same");

    private static final ArchRule INJECTION =
            noFields().should().beAnnotatedWith(describe("an annotation that injects", CraftTest::injects));

    private static final ArchRule PARAMETERS = noConstructors()
            .that(describe("are written by hand", CraftTest::isWritten))
            .should(be(describe(
                    "of more than 7 parameters",
                    constructor -> constructor.getRawParameterTypes().size() > MOST_PARAMETERS)));

    private static final ArchRule NAMES = noClasses()
            .should()
            .haveNameMatching(EMPTY_NAME)
            .orShould()
            .resideInAnyPackage("..util..", "..common..", "..misc..", "..impl..", "..service..", "..dto..");

    private static final ArchRule VOCABULARY = classes()
            .that()
            .resideInAPackage("io.infraai.contracts..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should(be(describe(
                    "a record, an enum, final, sealed, an SPI of something sealed, or open for a reason",
                    CraftTest::isClosed)));

    private static final ArchRule STREAMS = noClasses()
            .that()
            .resideOutsideOfPackages(packagesOf("standalone", "benchmarks"))
            .should(ACCESS_STANDARD_STREAMS);

    private static final ArchRule STACK_TRACES = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "a stack trace is printed",
                    access -> access.getTarget().getName().equals("printStackTrace")));

    private static final ArchRule LOGGERS = fields().that()
            .haveRawType(Logger.class)
            .or()
            .haveRawType(java.util.logging.Logger.class)
            .or()
            .haveRawType(System.Logger.class)
            .should()
            .bePrivate()
            .andShould()
            .beStatic()
            .andShould()
            .beFinal();

    private static final ArchRule SECRETS = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(KNOW_SECRETS)
            .and()
            .haveRawType(String.class)
            .and(describe("are no constants", CraftTest::varies))
            .should()
            .haveNameMatching(SECRET_NAME);

    private static final ArchRule CONFIGURED_SECRETS = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(KNOW_SECRETS)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(ConfigMapping.class)
            .and(describe("are texts", CraftTest::isText))
            .should()
            .haveNameMatching(SECRET_NAME);

    @Test
    void nothingIsInjectedIntoFields() {
        INJECTION.check(MAIN);
    }

    @Test
    void anInjectedFieldIsFound() {
        assertFinds(INJECTION, HasFieldsInjected.class);
    }

    @Test
    void noClassNeedsMoreThanSevenThings() {
        PARAMETERS.check(MAIN);
    }

    @Test
    void aClassThatNeedsTooMuchIsFound() {
        assertFinds(PARAMETERS, NeedsTooMuch.class);
    }

    @Test
    void namesSaySomething() {
        NAMES.check(MAIN);
    }

    @Test
    void aNameThatSaysNothingIsFound() {
        assertFinds(NAMES, TaskUtils.class);
    }

    @Test
    void theVocabularyIsClosed() {
        VOCABULARY.check(MAIN);
    }

    @Test
    void anOpenVocabularyIsFound() {
        assertFinds(VOCABULARY, CanBeExtended.class);
        assertFinds(VOCABULARY, OpenVocabulary.class);
    }

    @Test
    void nothingIsPrinted() {
        STREAMS.check(MAIN);
        STACK_TRACES.check(MAIN);
    }

    @Test
    void whatIsPrintedIsFound() {
        assertFinds(STREAMS, PrintsAndLogs.class);
        assertFinds(STACK_TRACES, PrintsAndLogs.class);
    }

    @Test
    void loggersArePrivateConstants() {
        LOGGERS.check(MAIN);
    }

    @Test
    void aSharedLoggerIsFound() {
        assertFinds(LOGGERS, PrintsAndLogs.class);
    }

    @Test
    void secretsAreNoTexts() {
        SECRETS.check(MAIN);
        CONFIGURED_SECRETS.check(MAIN);
    }

    @Test
    void aSecretThatIsATextIsFound() {
        assertFinds(SECRETS, KeepsPlainPassword.class);
        assertFinds(CONFIGURED_SECRETS, ReadsPlainToken.class);
    }

    private static boolean injects(JavaAnnotation<?> annotation) {
        return INJECTING.contains(annotation.getRawType().getName());
    }

    /** The compiler adds parameters of its own to enums and to classes inside of methods. */
    private static boolean isWritten(JavaConstructor constructor) {
        var owner = constructor.getOwner();
        return !owner.isRecord() && !owner.isEnum() && !owner.isAnonymousClass() && !owner.isLocalClass();
    }

    private static boolean isClosed(JavaClass type) {
        if (type.isInterface()) {
            return type.isAnnotation()
                    || OPEN.containsKey(type.getName())
                    || type.reflect().isSealed()
                    || type.getRawInterfaces().stream()
                            .anyMatch(above -> above.reflect().isSealed());
        }
        return type.isEnum() || type.getModifiers().contains(JavaModifier.FINAL) || type.isAnonymousClass();
    }

    private static boolean varies(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.STATIC);
    }

    private static boolean isText(JavaMethod method) {
        return method.getReturnType().getAllInvolvedRawTypes().stream()
                .anyMatch(type -> type.isEquivalentTo(String.class));
    }
}
