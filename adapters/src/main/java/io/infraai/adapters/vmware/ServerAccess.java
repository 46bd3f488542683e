package io.infraai.adapters.vmware;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** How a vCenter, or a lone ESXi host, is reached. Credentials are named by their file. */
public interface ServerAccess {

    /** The address of its API, e.g. {@code https://vcenter.example.com/sdk}; plain HTTP only to this machine. */
    Optional<URI> url();

    /** The service account, e.g. {@code infraai@vsphere.local}. */
    Optional<String> user();

    /** A file that holds the account's password and nothing else; read at every login, so it may be rotated. */
    Optional<Path> passwordFile();

    /**
     * SHA-256 of the server's certificate in hex, with or without colons, for one that no known authority has signed. The
     * certificate must name the URL's host all the same. Without it the JVM's authorities are trusted.
     */
    Optional<String> thumbprint();
}
