package io.infraai.standalone.architecture;

import java.io.IOException;
import java.io.StringReader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The native compiler leaves out what it doesn't see used: what is loaded by its name has to be named to it. */
class NativeSourcesTest {

    static final List<String> SERVICES = List.of("api-gateway", "healing", "engine", "worker");

    /** Quarkus renames what it has changed. */
    private static final Pattern OURS = Pattern.compile("(modified-)?io\\.infraai\\..*|infraai-.*-runner\\.jar");

    private static final Pattern RUNNER = Pattern.compile("infraai-.*-runner\\.jar");
    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    /** What the build alone reads. */
    private static final List<String> OF_THE_BUILD = List.of(
            CONFIGURATION,
            "META-INF/jandex.idx",
            "META-INF/MANIFEST.MF",
            "META-INF/maven/",
            "META-INF/native-image/",
            "META-INF/services/io.quarkus.arc.ComponentsProvider");

    /** Libraries of which no extension of Quarkus tells the compiler, and one of which it tells too little. */
    private static final Pattern ON_THEIR_OWN = Pattern.compile(
            "(dev\\.cel|dev\\.langchain4j|com\\.google\\.(re2j|protobuf)|com\\.networknt|com\\.ethlo|org\\.antlr|io\\.vertx\\.vertx-redis).*");

    private static final Set<String> CHANCES =
            Set.of("java/util/Random", "java/util/SplittableRandom", "java/security/SecureRandom");

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyFileOfOursIsKept(String service) {
        var sources = NativeSources.of(service);
        var files = sources.files(OURS, NativeSourcesTest::isRead).keySet();

        assertThat(files)
                .contains("db/migration/afterMigrate__audit_places.sql")
                .allMatch(sources.kept());
    }

    private static boolean isRead(String name) {
        return !name.endsWith(".class") && OF_THE_BUILD.stream().noneMatch(name::startsWith);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void everyDefaultOfOursIsCompiledIn(String service) throws IOException {
        var sources = NativeSources.of(service);
        var compiled = sources.text(RUNNER, name -> name.startsWith("io/quarkus/runtime/generated/"));
        var written = new Properties();
        for (var jar : sources.jars()) {
            for (var file : new NativeSources(List.of(jar))
                    .files(OURS, CONFIGURATION::equals)
                    .values()) {
                written.load(new StringReader(new String(file, UTF_8)));
            }
        }

        // of Quarkus' own keys the build needs some alone
        assertThat(written.stringPropertyNames())
                .filteredOn(name -> name.startsWith("infraai.") || name.startsWith("mp.messaging."))
                .hasSizeGreaterThan(10)
                .allMatch(compiled::contains);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void noChanceIsTakenWhenLibrariesAreCompiled(String service) {
        var sources = NativeSources.of(service);
        var told = sources.text(RUNNER, "io/quarkus/runner/Feature.class"::equals)
                + sources.text(OURS, name -> name.endsWith("/native-image.properties"));

        assertThat(sources.files(ON_THEIR_OWN, name -> name.endsWith(".class")).values().stream()
                        .flatMap(NativeSourcesTest::drawnWhenLoaded))
                .contains("io.vertx.redis.client.impl.SentinelTopology")
                .allMatch(told::contains);
    }

    /** The class, if it makes a source of chance when it is loaded. */
    private static Stream<String> drawnWhenLoaded(byte[] bytes) {
        var type = ClassFile.of().parse(bytes);
        Predicate<MethodModel> draws = method -> method.methodName().equalsString("<clinit>")
                && method.code().stream()
                        .flatMap(code -> code.elementStream())
                        .anyMatch(element -> element instanceof NewObjectInstruction made
                                && CHANCES.contains(made.className().asInternalName()));
        return type.methods().stream().anyMatch(draws)
                ? Stream.of(type.thisClass().asInternalName().replace('/', '.'))
                : Stream.empty();
    }
}
