package io.infraai.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/** Keeps a second process off a data directory. The kernel gives it back when its holder dies, however that happens. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        // the pid has a file of its own: a locked one can't be read everywhere
        var pidFile = directory.resolve("pid");
        var channel = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new DirectoryInUse(
                    directory, Files.exists(pidFile) ? Files.readString(pidFile).strip() : "");
        }
        Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
        return new DirectoryLock(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't unlock the data directory", e);
        }
    }
}
