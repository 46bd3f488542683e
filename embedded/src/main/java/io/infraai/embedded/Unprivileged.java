package io.infraai.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root: root starts it in a user namespace where it is nobody, or as nobody itself. */
enum Unprivileged {
    AS_IS(List.of()),
    IN_NAMESPACE(List.of("unshare", "-U")),
    AS_NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private final List<String> prefix;

    Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    static Unprivileged forThisUser(Path log) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return AS_IS;
        }
        try {
            return ServerProcess.run(IN_NAMESPACE.command(List.of("true")), log) == 0 ? IN_NAMESPACE : AS_NOBODY;
        } catch (IOException e) {
            return AS_NOBODY;
        }
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    void own(Path path) throws IOException {
        if (this == AS_NOBODY) {
            try {
                var users = path.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(path, users.lookupPrincipalByName("nobody"));
            } catch (UserPrincipalNotFoundException e) {
                throw new IOException("PostgreSQL can't run as root, and there is no user 'nobody'", e);
            }
        }
    }
}
