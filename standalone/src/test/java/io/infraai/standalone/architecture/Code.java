package io.infraai.standalone.architecture;

import java.util.HashSet;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.lang.ArchRule;

import static org.assertj.core.api.Assertions.assertThat;

/** What the rules look at: the byte code of all modules, read once. */
final class Code {

    /** Of every module on the class path, and of the benchmarks, which nobody depends on. */
    static final JavaClasses MAIN = main();

    /** Of every module that was compiled, with the contract suites of the testkit; the classes that break rules left out. */
    static final JavaClasses TESTS = tests();

    private static final String PACKAGE = "io.infraai.";

    private Code() {}

    private static JavaClasses main() {
        var locations = new HashSet<>(Locations.ofPackage("io.infraai"));
        SourceTree.inEveryModule("target/classes").stream()
                .filter(classes -> SourceTree.moduleOf(classes).equals("benchmarks"))
                .map(Location::of)
                .forEach(locations::add);
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importLocations(locations);
    }

    private static JavaClasses tests() {
        var locations = new HashSet<>(Locations.ofPackage("io.infraai.testkit"));
        SourceTree.inEveryModule("target/test-classes").stream()
                .map(Location::of)
                .forEach(locations::add);
        return new ClassFileImporter()
                .withImportOption(location ->
                        !location.contains("/standalone/target/test-classes/") || !location.contains("/fixture/"))
                .importLocations(locations);
    }

    /** The second segment of the package: {@code gateway} for {@code io.infraai.gateway.alerts}. */
    static String moduleOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(PACKAGE)) {
            return "";
        }
        var end = name.indexOf('.', PACKAGE.length());
        return end < 0 ? name.substring(PACKAGE.length()) : name.substring(PACKAGE.length(), end);
    }

    /** All packages of some modules, as ArchUnit wants them. */
    static String[] packagesOf(String... modules) {
        return List.of(modules).stream().map(module -> PACKAGE + module + "..").toArray(String[]::new);
    }

    /** Shows a rule classes of which it must name the first as breaking it. */
    static void assertFinds(ArchRule rule, Class<?>... breaking) {
        assertThat(violations(rule, breaking))
                .as(rule.getDescription())
                .anyMatch(violation -> violation.contains(breaking[0].getName()));
    }

    /** Shows a rule a class of which it must name every method as breaking it. */
    static void assertFindsEveryMethod(ArchRule rule, Class<?> breaking) {
        var violations = violations(rule, breaking);

        assertThat(breaking.getDeclaredMethods())
                .filteredOn(method -> !method.isSynthetic())
                .isNotEmpty()
                .allSatisfy(method ->
                        assertThat(violations).anyMatch(violation -> violation.contains("." + method.getName() + "(")));
    }

    private static List<String> violations(ArchRule rule, Class<?>... breaking) {
        return rule.evaluate(new ClassFileImporter().importClasses(breaking))
                .getFailureReport()
                .getDetails();
    }
}
