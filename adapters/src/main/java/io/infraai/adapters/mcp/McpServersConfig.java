package io.infraai.adapters.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

import io.infraai.contracts.tool.Risk;

/** MCP servers whose tools InfraAI may use, by name. */
@ConfigMapping(prefix = "infraai.mcp.servers")
public interface McpServersConfig {

    @WithParentName
    Map<String, Server> byName();

    /** One server, reached by its address or started as a process. */
    interface Server {

        /**
         * Address of one that speaks streamable HTTP. Redirects are not followed, and nothing is sent to link-local addresses or
         * to where clouds keep credentials.
         */
        Optional<URI> url();

        /** Program and arguments of one that speaks over its standard input and output. It sees no variables of ours but PATH and HOME. */
        Optional<List<String>> command();

        /** Names of variables of ours that {@code command} sees, too. */
        Optional<Set<String>> environment();

        /** Files that hold the values of variables for {@code command}, by name; read whenever it is started. */
        Map<String, Path> environmentFiles();

        /** File that holds what is sent as {@code Authorization: Bearer} to {@code url}. */
        Optional<Path> credentialFile();

        /** How long one call may take, its answer included. */
        @WithDefault("30s")
        Duration timeout();

        /** How often to ask which tools there are, and to try again while the server is away. */
        @WithDefault("30s")
        Duration refresh();

        /** The tools to use, by the server's name for them; others are left alone. */
        Map<String, Accepted> tools();
    }

    /** What an admin accepted of one tool. */
    interface Accepted {

        /** Hash of name, description and schema as they were accepted; the log names it while it is missing or another. */
        Optional<String> pin();

        /** What calling it can do: {@code reads}, {@code changes} or {@code destroys}. The server isn't believed about that. */
        @WithDefault("changes")
        Risk risk();
    }
}
