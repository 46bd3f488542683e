package io.infraai.standalone.architecture;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.Tool;

import static io.infraai.standalone.architecture.Code.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A native executable knows only those classes by reflection that it was told of. What lies in streams and in the database, and
 * what tools take, is in a list of each module, as is whatever the gateway might answer with: Quarkus finds what a method says that
 * it returns, and not what it puts into a response. With {@code INFRAAI_WRITE_DOCS=1} in the environment the lists are written
 * anew.
 */
class NativeListsTest {

    private static final String CONTRACTS = "contracts";

    @ParameterizedTest
    @ValueSource(strings = {CONTRACTS, "adapters", "engine", "gateway"})
    void theModuleListsWhatIsReadFromJsonAndWrittenToIt(String module) throws IOException {
        var folder = module.equals("gateway") ? "api-gateway" : module;
        var list = Path.of("..", folder, "src/main/resources/META-INF/native-image/io.infraai", "infraai-" + folder)
                .resolve("reachability-metadata.json");
        var wanted = list(wanted(module));
        if (System.getenv("INFRAAI_WRITE_DOCS") != null) {
            Files.createDirectories(list.getParent());
            Files.writeString(list, wanted);
        }

        assertThat(Files.readString(list)).isEqualTo(wanted);
    }

    @Test
    void noOtherModuleHasSuchTypes() {
        assertThat(Stream.of("policies", "persistence", "messaging", "healing", "worker"))
                .allSatisfy(module -> assertThat(wanted(module)).isEmpty());
    }

    @Test
    void whatIsRungAndWhatAToolTakesIsAmongThem() {
        assertThat(wanted(CONTRACTS)).contains(TaskRung.class.getName());
        assertThat(wanted("adapters"))
                .contains(
                        "io.infraai.adapters.kubernetes.RestartPod$Parameters",
                        "io.infraai.adapters.kubernetes.RestartPod$PodIdentity");
        assertThat(wanted("gateway")).contains("io.infraai.gateway.tools.ToolResource$ToolAnswer");
    }

    private static Set<String> wanted(String module) {
        var found = new TreeSet<String>();
        MAIN.stream()
                .filter(type -> Code.moduleOf(type).equals(module))
                .forEach(type -> roots(type, module).forEach(root -> reach(root, module, found)));
        return found;
    }

    private static Stream<Class<?>> roots(JavaClass type, String module) {
        if (module.equals(CONTRACTS)) {
            return type.isRecord() || type.isEnum() || type.isAnnotatedWith(JsonTypeInfo.class)
                    ? Stream.of(type.reflect())
                    : Stream.empty();
        }
        if (module.equals("gateway") && type.isRecord()) {
            return Stream.of(type.reflect());
        }
        if (type.isAnnotatedWith(JsonTypeInfo.class)) {
            return Stream.of(type.reflect());
        }
        return type.isAssignableTo(Tool.class) && !type.isInterface() ? arguments(type.reflect()) : Stream.empty();
    }

    /** What the tool's own type, or one above it, is a tool for. */
    private static Stream<Class<?>> arguments(Class<?> tool) {
        var above =
                Stream.concat(Stream.of(tool.getGenericInterfaces()), Stream.ofNullable(tool.getGenericSuperclass()));
        return above.flatMap(NativeListsTest::mentioned).filter(Class::isRecord);
    }

    private static void reach(Class<?> type, String module, Set<String> found) {
        if (!type.getName().startsWith("io.infraai." + module + ".") || !found.add(type.getName())) {
            return;
        }
        Stream<Class<?>> next = type.isRecord()
                ? Stream.of(type.getRecordComponents())
                        .flatMap(component -> mentioned(component.getGenericType()))
                        .filter(mentioned -> mentioned.isRecord() || mentioned.isEnum() || mentioned.isSealed())
                : type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.empty();
        next.forEach(each -> reach(each, module, found));
    }

    private static Stream<Class<?>> mentioned(Type type) {
        return switch (type) {
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType generic ->
                Stream.concat(
                        mentioned(generic.getRawType()),
                        Stream.of(generic.getActualTypeArguments()).flatMap(NativeListsTest::mentioned));
            default -> Stream.empty();
        };
    }

    private static String list(Set<String> types) {
        return types.stream()
                .map(
                        "    {\"type\": \"%s\", \"allDeclaredConstructors\": true, \"allDeclaredMethods\": true, \"allDeclaredFields\": true}"
                                ::formatted)
                .collect(Collectors.joining(",\n", "{\n  \"reflection\": [\n", "\n  ]\n}\n"));
    }
}
