package io.infraai.adapters.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Connects to what is looked at: the only way from here into the network. */
interface Dialer {

    /**
     * Blocks. What was connected is torn off after its time, whatever is done with it then.
     *
     * @throws IOException when nobody answers, or somebody who refuses
     */
    Socket dial(InetAddress address, int port) throws IOException;
}
