package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The users files of Redis as an operator gets them: filled in with the hashes of random passwords.
 *
 * @param directory where the files and the passwords are
 */
public record RedisFiles(Path directory) {

    static final Path DIRECTORY = Path.of("..", "deploy", "redis");

    public static RedisFiles filledIn(Path directory) {
        Program.run("bash", DIRECTORY.resolve("users.sh").toString(), directory.toString())
                .good();
        return new RedisFiles(directory.toAbsolutePath());
    }

    /** For a single server, or the nodes of a cluster without replicas. */
    public Path users() {
        return directory.resolve("users.acl");
    }

    /** With those that replicas and Sentinels go by. */
    public Path usersAndReplication() {
        return directory.resolve("users-and-replication.acl");
    }

    public Path sentinelUsers() {
        return directory.resolve("sentinel-users.acl");
    }

    public String password(String user) {
        try {
            return Files.readString(directory.resolve(user)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
