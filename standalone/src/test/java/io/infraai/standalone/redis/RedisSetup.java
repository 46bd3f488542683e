package io.infraai.standalone.redis;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Servers that the services are told of, each service under its own name. */
interface RedisSetup extends AutoCloseable {

    /**
     * @param module as its folder is called
     */
    Map<String, String> propertiesOf(String module);

    @Override
    void close();

    static String userOf(String module) {
        return "infraai-" + module.replace("api-", "");
    }

    static String hosts(String scheme, String user, String host, int... ports) {
        return IntStream.of(ports)
                .mapToObj(port -> scheme + "://" + user + "@" + host + ":" + port)
                .collect(Collectors.joining(","));
    }
}
