package io.infraai.standalone.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** A tool without rights in the chart would work in every test and fail in every cluster. */
class RightsTableTest {

    private static final Set<String> READING = Set.of("get", "list");

    private static final RightsTable TABLE = RightsTable.read();

    @Test
    void everyKubernetesToolHasItsRightsAndNoOtherHas() {
        assertThat(TABLE.tools().keySet()).isEqualTo(tools().keySet());
    }

    @Test
    void thoseThatChangeAreTheSameAsInTheCatalogue() {
        var changing = TABLE.tools().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, tool -> tool.getValue().changes()));

        assertThat(changing).isEqualTo(tools());
    }

    @Test
    void whatOnlyLooksMayOnlyLook() {
        assertThat(TABLE.granted(false, new RightsTable.Kinds(List.of("/services"), List.of())))
                .isNotEmpty()
                .allMatch(right -> READING.contains(right.verb()));
    }

    @Test
    void noToolMayDoEverythingOrSeeSecrets() {
        assertThat(TABLE.tools().values())
                .flatMap(RightsTable.Need::rules)
                .flatMap(RightsTable.Rule::rights)
                .noneMatch(right -> right.verb().equals("*")
                        || right.resource().equals("*")
                        || right.group().equals("*")
                        || right.resource().startsWith("secrets"));
    }

    @Test
    void everyToolNeedsSomething() {
        assertThat(TABLE.tools().values())
                .allMatch(need -> !need.rules().isEmpty() || !need.anyKind().isEmpty());
    }

    /** By name, whether it changes something. */
    private static Map<String, Boolean> tools() {
        var tools = new TreeMap<String, Boolean>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.infraai.adapters.kubernetes")
                        .stream()
                        .filter(type -> type.isAssignableTo(Tool.class) && !type.isInterface())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .forEach(type -> tools.put(name(type), type.isAssignableTo(Tool.Changing.class)));
        return tools;
    }

    private static String name(JavaClass type) {
        try {
            var spec = type.reflect().getDeclaredField("SPEC");
            spec.setAccessible(true);
            return ((ToolSpec<?>) spec.get(null)).name();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " keeps its spec elsewhere", e);
        }
    }
}
