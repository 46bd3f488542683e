package io.infraai.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where programs are unpacked: a folder of this user, not one that the whole machine shares. */
final class UserCache {

    private UserCache() {}

    static Path locate(Path directory) throws IOException {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home", ""), ".cache") : Path.of(xdg);
        try {
            return Files.createDirectories(base.resolve("infraai"));
        } catch (IOException e) {
            // no home to write to, as in some containers
            return Files.createDirectories(directory.resolve("cache"));
        }
    }
}
