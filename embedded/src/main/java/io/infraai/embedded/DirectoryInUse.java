package io.infraai.embedded;

import java.nio.file.Path;

/** Another running process works on this data directory. */
public final class DirectoryInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DirectoryInUse(Path directory, String pid) {
        super("The data directory " + directory + " is in use by "
                + (pid.isEmpty() ? "another process" : "process " + pid)
                + ": stop it first, or choose another directory");
    }
}
