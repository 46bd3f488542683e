package io.infraai.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once for each user, in a directory that only this user can write. The system property {@code
 * infraai.test.postgres-bin} names others.
 */
final class PostgresBinaries {

    private final Path bin;

    private PostgresBinaries(Path bin) {
        this.bin = bin;
    }

    static PostgresBinaries find(Path directory) throws IOException {
        var given = System.getProperty("infraai.test.postgres-bin", "");
        return given.isEmpty()
                ? new PostgresBinaries(unpacked(UserCache.locate(directory)).resolve("bin"))
                : new PostgresBinaries(Path.of(given));
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }

    private static Path unpacked(Path cache) throws IOException {
        var target = cache.resolve("postgres-" + digest());
        if (Files.exists(target)) {
            return target;
        }
        var draft = Files.createTempDirectory(cache, "unpacking-");
        try (var archive = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open())))) {
            unpack(archive, draft);
        }
        try {
            Files.move(draft, target);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            // another process was faster
            EmbeddedFiles.delete(draft);
        }
        return target;
    }

    private static void unpack(TarArchiveInputStream archive, Path into) throws IOException {
        for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            var path = into.resolve(entry.getName()).normalize();
            if (!path.startsWith(into)) {
                throw new IOException("The archive of PostgreSQL names a file outside: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else {
                Files.createDirectories(path.getParent());
                Files.copy(archive, path);
                path.toFile().setExecutable((entry.getMode() & 0100) != 0, true);
            }
        }
    }

    private static InputStream open() throws IOException {
        var os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var system = os.startsWith("windows") ? "Windows" : os.startsWith("mac") ? "Darwin" : "Linux";
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch", ""));
    }

    /** Names the unpacked directory by the archive's content, so that an update unpacks anew. */
    private static String digest() throws IOException {
        try (var archive = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
