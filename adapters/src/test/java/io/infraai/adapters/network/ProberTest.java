package io.infraai.adapters.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.asset.Service;

import static io.infraai.adapters.network.LoopbackHosts.drips;
import static io.infraai.adapters.network.LoopbackHosts.freePort;
import static io.infraai.adapters.network.LoopbackHosts.hears;
import static io.infraai.adapters.network.LoopbackHosts.http;
import static io.infraai.adapters.network.LoopbackHosts.listens;
import static io.infraai.adapters.network.LoopbackHosts.resets;
import static io.infraai.adapters.network.LoopbackHosts.says;
import static org.assertj.core.api.Assertions.assertThat;

class ProberTest {

    private final LoopbackHosts hosts = new LoopbackHosts();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeHosts() {
        hosts.close();
    }

    @Test
    void whatListensIsRecognised() {
        int ssh = freePort();
        int smtp = freePort();
        int web = freePort();
        int vcenter = freePort();
        hosts.serve("127.0.0.1", ssh, says("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3\r\n"))
                .serve("127.0.0.2", smtp, says("220 mail.lab ESMTP Postfix\r\n"))
                .serve("127.0.0.2", web, http("nginx/1.27", requests))
                .serveTls("127.0.0.3", vcenter, hears(requests));

        var ports = new Integer[] {ssh, smtp, web, vcenter};

        assertThat(servicesOf("127.0.0.1", ports))
                .containsExactly(new Service(ssh, "ssh", "OpenSSH_9.6p1 Ubuntu-3", null));
        assertThat(servicesOf("127.0.0.2", ports))
                .containsExactly(
                        new Service(smtp, "smtp", null, "220 mail.lab ESMTP Postfix"),
                        new Service(web, "http", "nginx/1.27", "HTTP/1.1 200 OK"));
        assertThat(servicesOf("127.0.0.3", ports))
                .containsExactly(new Service(vcenter, "tls", null, "CN=vcenter.lab,O=Example; vcenter.lab, vc.lab"));
        assertThat(requests).as("a HEAD, and nothing within TLS").containsExactly("HEAD / HTTP/1.1");
    }

    @Test
    void theProtocolsThatSpeakFirstAreToldApart() {
        int ftp = freePort();
        int pop = freePort();
        int imap = freePort();
        int vnc = freePort();
        int mysql = freePort();
        int odd = freePort();
        hosts.serve("127.0.0.1", ftp, says("220 ProFTPD FTP ready\r\n"))
                .serve("127.0.0.1", pop, says("+OK ready\r\n"))
                .serve("127.0.0.1", imap, says("* OK IMAP4rev1\r\n"))
                .serve("127.0.0.1", vnc, says("RFB 003.008\n"))
                .serve("127.0.0.1", mysql, says("J\0\0\0\n8.4.0\0rest"))
                .serve("127.0.0.1", odd, says("<script>\u0007\u001b[31m\u00ff" + "x".repeat(300) + "\n"));

        var services = servicesOf("127.0.0.1", ftp, pop, imap, vnc, mysql, odd);
        assertThat(services)
                .extracting(Service::protocol)
                .containsExactly("ftp", "pop3", "imap", "vnc", "mysql", "tcp");
        assertThat(services.get(4).product()).isEqualTo("8.4.0");
        assertThat(services.get(5).detail()).startsWith("<script>..[31m.xxx").hasSize(120);
    }

    @Test
    void portsThatSayNothingOrHangUpAreOpenAllTheSame() {
        int silent = freePort();
        int resetting = freePort();
        int dripping = freePort();
        hosts.serve("127.0.0.1", silent, listens())
                .serve("127.0.0.1", resetting, resets())
                .serve("127.0.0.1", dripping, drips());

        assertThat(servicesOf("127.0.0.1", silent, resetting, dripping))
                .extracting(Service::detail)
                .satisfiesExactly(
                        said -> assertThat(said).isEqualTo("says nothing"),
                        said -> assertThat(said).isEqualTo("hangs up"),
                        said -> assertThat(said).startsWith(".."));
    }

    @Test
    void anAlertOfTlsIsNoBanner() {
        int impatient = freePort();
        hosts.serve("127.0.0.1", impatient, says("\u0015\u0003\u0003\u0000\u0002\u0002("));

        assertThat(servicesOf("127.0.0.1", impatient))
                .containsExactly(new Service(impatient, "tcp", null, "says nothing"));
    }

    @Test
    void onceItIsOverNothingMoreIsDialled() {
        int first = freePort();
        int second = freePort();
        hosts.serve("127.0.0.1", first, listens()).serve("127.0.0.1", second, listens());
        var dialer = new CountingDialer(NetworkDiscovery.dialer(Bounds.of()));

        var services = new Prober(List.of(first, second), dialer)
                .services(InetAddress.ofLiteral("127.0.0.1"), () -> dialer.count() > 0);

        assertThat(services).containsExactly(new Service(first, "tcp", null, "says nothing"));
        assertThat(dialer.count()).isEqualTo(1);
    }

    private static List<Service> servicesOf(String address, Integer... ports) {
        var dialer = new CountingDialer(NetworkDiscovery.dialer(Bounds.of(ports)));
        return new Prober(Arrays.asList(ports), dialer).services(InetAddress.ofLiteral(address), () -> false);
    }
}
