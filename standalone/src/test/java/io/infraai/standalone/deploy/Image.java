package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An image that {@code ./infraai images} made, unpacked, and run as a container is: its own root, read-only but for what is
 * mounted, its own user, no capabilities. It shares the network and the processes of this machine.
 */
record Image(Path root, List<String> entrypoint, String directory, String user) {

    static final Path IMAGES = Path.of("..", "target", "images");

    /** Runs as root in a mount namespace that goes away with it. */
    private static final String ENTER = """
            set -eu
            root=$1 directory=$2 user=$3 group=$4
            shift 4
            mount --bind "$root" "$root"
            mkdir -p "$root/proc" "$root/dev"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount -t tmpfs -o mode=1777,size=256m tmpfs "$root/tmp"
            mount -t tmpfs -o "mode=700,size=512m,uid=$user,gid=$group" tmpfs "$root/data"
            mount -o remount,bind,ro "$root"
            exec setpriv --no-new-privs unshare -R "$root" -w "$directory" -G "$group" -S "$user" -- "$@"
            """;

    static Path file(String service) {
        return IMAGES.resolve("infraai-" + service + ".tar");
    }

    static Image unpack(String service, Path into) throws IOException {
        var root = Files.createDirectories(into.resolve("root"));
        Program.run("tar", "-xf", file(service).toString(), "-C", into.toString())
                .good();
        var json = new ObjectMapper();
        var manifest = json.readTree(into.resolve("manifest.json").toFile()).path(0);
        for (var layer : manifest.path("Layers")) {
            Program.run("tar", "-xzf", into.resolve(layer.asText()).toString(), "-C", root.toString())
                    .good();
        }
        var config = json.readTree(
                        into.resolve(manifest.path("Config").asText()).toFile())
                .path("config");
        return new Image(
                root,
                texts(config.path("Entrypoint")),
                config.path("WorkingDir").asText(),
                config.path("User").asText());
    }

    /** The process that it is, since each step takes the place of the one before. */
    Process run(Map<String, String> environment, List<String> arguments, Path log) {
        var userAndGroup = user.split(":", 2);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", ENTER, "enter"));
        command.addAll(List.of(root.toString(), directory, userAndGroup[0], userAndGroup[1]));
        command.addAll(entrypoint);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
