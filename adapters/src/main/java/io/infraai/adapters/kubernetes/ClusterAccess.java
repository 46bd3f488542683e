package io.infraai.adapters.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** How one of several clusters is reached. Credentials are named by their files and read when they are used. */
public interface ClusterAccess {

    /** The API server's address. With it no kubeconfig is looked at. */
    Optional<URI> url();

    /** Holds the bearer token; read again for every request, since tokens are rotated. */
    Optional<Path> tokenFile();

    /** Holds the certificates that the API server's certificate must lead to; the system's when left out. */
    Optional<Path> caFile();

    /** The kubeconfig to read when there is no address; the usual one when left out. */
    Optional<Path> kubeconfig();

    /** Which of the kubeconfig's contexts is meant; its current one when left out. */
    Optional<String> kubeconfigContext();
}
