package io.infraai.adapters.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.infraai.contracts.identity.Secret;

import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * What a server's process finds in its environment. Values are never configuration, which is shown and logged.
 *
 * @param passed names of variables of ours that it sees, too
 * @param files by name of the variable, which file holds its value
 */
record ProcessEnvironment(Set<String> passed, Map<String, Path> files) {

    private static final Set<String> ALWAYS = Set.of("PATH", "HOME");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    ProcessEnvironment {
        passed = Set.copyOf(passed);
        files = Map.copyOf(files);
        Stream.concat(passed.stream(), files.keySet().stream())
                .filter(name -> !NAME.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("No variable of a process can be called " + name);
                });
    }

    boolean isEmpty() {
        return passed.isEmpty() && files.isEmpty();
    }

    /**
     * Takes out what it isn't to see, and reads the files anew.
     *
     * @param environment ours, to begin with
     */
    void fill(Map<String, String> environment) throws IOException {
        environment
                .keySet()
                .retainAll(Stream.concat(ALWAYS.stream(), passed.stream()).collect(toUnmodifiableSet()));
        for (var variable : files.entrySet()) {
            var value = new Secret(Files.readString(variable.getValue()).strip());
            environment.put(variable.getKey(), value.reveal());
        }
    }
}
