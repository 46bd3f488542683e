package io.infraai.adapters.tool.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.WithDefault;

/**
 * Where an HTTP API is, and who we are to it. Secrets are named by files: read for every request, so that a rotated one is
 * used at once; certificates are read when the first request is made.
 */
public interface EndpointConfig {

    /** Base address, e.g. {@code http://prometheus:9090}, with a path where the API lies under one. */
    Optional<URI> url();

    /** How long one request may take, its whole answer included. */
    @WithDefault("10s")
    Duration timeout();

    /** Requests at once; ten times as many may wait for a lane, more are held back. */
    @WithDefault("10")
    int concurrency();

    /** A file that holds a bearer token. */
    Optional<Path> bearerTokenFile();

    /** The user of basic authentication. */
    Optional<String> user();

    /** A file that holds the user's password. */
    Optional<Path> passwordFile();

    /** PEM of the authorities that may vouch for the server; the system's when left out. */
    Optional<Path> caFile();

    /** PEM of our own certificate, for servers that ask for one. */
    Optional<Path> certificateFile();

    /** PEM of the certificate's key, not encrypted. */
    Optional<Path> keyFile();
}
