package io.infraai.simulators.vcenter;

/** What answers at {@code /sdk}; the two name their objects differently and refuse at different moments. */
public enum Product {
    VCENTER,
    ESXI
}
