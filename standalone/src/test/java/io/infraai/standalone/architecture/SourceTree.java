package io.infraai.standalone.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The modules as they lie on disk: found from where this class was compiled to, whatever the working directory is. */
final class SourceTree {

    private SourceTree() {}

    /** A path inside of every module that has it, e.g. {@code target/test-classes}. */
    static List<Path> inEveryModule(String path) {
        try (var folders = Files.list(root())) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(module -> module.resolve(path))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the module that a path lies in. */
    static String moduleOf(Path path) {
        return root().relativize(path).getName(0).toString();
    }

    private static Path root() {
        try {
            var testClasses = Path.of(SourceTree.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var module = testClasses.resolve("../..").normalize();
            return Objects.requireNonNull(module.getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
