package io.infraai.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

/** Passwords of the embedded servers, made at the first start and kept beside the data, readable by their owner only. */
public final class Credentials {

    /** Owns the schema and runs the migrations. */
    public static final String OWNER = "infraai_owner";

    /** Runs the application; row-level security holds for it. */
    public static final String APP = "infraai_app";

    /** Makes roles and databases, and backups of whole ones. */
    public static final String SUPERUSER = "postgres";

    private static final int BYTES = 24;

    private final Properties values;

    private Credentials(Properties values) {
        this.values = values;
    }

    static Credentials in(Path directory) throws IOException {
        var file = directory.resolve("credentials.properties");
        if (!Files.exists(file)) {
            write(file);
        }
        var values = new Properties();
        values.load(new StringReader(Files.readString(file)));
        return new Credentials(values);
    }

    public String owner() {
        return value(OWNER);
    }

    public String app() {
        return value(APP);
    }

    public String redis() {
        return value("redis");
    }

    public String superuser() {
        return value(SUPERUSER);
    }

    private String value(String name) {
        var value = values.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("credentials.properties has no password for " + name);
        }
        return value;
    }

    /** Through a second file, so that a crash leaves all of it or nothing. */
    private static void write(Path file) throws IOException {
        var random = new SecureRandom();
        var text = new StringBuilder();
        for (var name : new String[] {SUPERUSER, OWNER, APP, "redis"}) {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            text.append(name)
                    .append('=')
                    .append(HexFormat.of().formatHex(bytes))
                    .append('\n');
        }
        var draft = file.resolveSibling("credentials.draft");
        Files.deleteIfExists(draft);
        writePrivate(draft, text.toString());
        Files.move(draft, file);
    }

    static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, WRITE);
        } else {
            Files.writeString(file, text, CREATE_NEW);
        }
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
