package io.infraai.gateway.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

import io.infraai.contracts.identity.Secret;

/** Files that only their owner may read. */
final class SecurityFiles {

    private SecurityFiles() {}

    static Optional<Secret> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(new Secret(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file, e);
        }
    }

    /**
     * Writes a file that isn't there yet.
     *
     * @return what the file holds: another's text when another process was faster
     */
    static Secret create(Path file, Secret content) {
        try {
            var directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            try (var channel = Files.newByteChannel(file, options, ownerOnly(file))) {
                channel.write(StandardCharsets.US_ASCII.encode(content.reveal() + "\n"));
            }
            return content;
        } catch (FileAlreadyExistsException _) {
            return read(file).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write " + file, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
