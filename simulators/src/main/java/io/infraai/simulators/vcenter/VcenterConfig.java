package io.infraai.simulators.vcenter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a {@link SimulatedVcenter} is started with.
 *
 * @param login who may log in
 * @param tlsHost the host its self-signed certificate names; empty speaks plain HTTP
 * @param bootAfter how long a guest needs to boot or to shut down
 * @param taskTakes how long a task runs; zero ends it within the call that started it
 * @param pageSize the most objects of one answer, whatever more was asked for
 * @param clock the time of everything that is recorded
 */
public record VcenterConfig(
        Product product,
        Login login,
        Optional<String> tlsHost,
        Duration bootAfter,
        Duration taskTakes,
        int pageSize,
        InstantSource clock) {

    /** A user and a password, which isn't printed. */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return user;
        }
    }

    public VcenterConfig {
        if (bootAfter.isNegative() || taskTakes.isNegative()) {
            throw new IllegalArgumentException("Neither " + bootAfter + " nor " + taskTakes + " may be negative");
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page holds at least one object, not " + pageSize);
        }
    }

    /** A vCenter over plain HTTP whose guests boot within 100 ms and whose tasks end at once. */
    public static VcenterConfig defaults(String user, String password) {
        return new VcenterConfig(
                Product.VCENTER,
                new Login(user, password),
                Optional.empty(),
                Duration.ofMillis(100),
                Duration.ZERO,
                100,
                InstantSource.system());
    }

    public VcenterConfig of(Product newProduct) {
        return new VcenterConfig(newProduct, login, tlsHost, bootAfter, taskTakes, pageSize, clock);
    }

    public VcenterConfig withTls(String host) {
        return new VcenterConfig(product, login, Optional.of(host), bootAfter, taskTakes, pageSize, clock);
    }

    public VcenterConfig withBootAfter(Duration time) {
        return new VcenterConfig(product, login, tlsHost, time, taskTakes, pageSize, clock);
    }

    public VcenterConfig withTaskTakes(Duration time) {
        return new VcenterConfig(product, login, tlsHost, bootAfter, time, pageSize, clock);
    }

    public VcenterConfig withPageSize(int objects) {
        return new VcenterConfig(product, login, tlsHost, bootAfter, taskTakes, objects, clock);
    }
}
