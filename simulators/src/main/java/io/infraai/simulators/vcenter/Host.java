package io.infraai.simulators.vcenter;

import java.time.Instant;

/** A host, always up. */
record Host(String id, String name, String parent, String address, Instant bootTime) implements Managed {

    @Override
    public String type() {
        return "HostSystem";
    }

    @Override
    public Property.Sheet sheet() {
        return new Property.Sheet()
                .with("name", Property.text(name))
                .with("parent", Property.reference("Folder", parent))
                .with("overallStatus", Property.word("ManagedEntityStatus", "green"))
                .with("runtime.connectionState", Property.word("HostSystemConnectionState", "connected"))
                .with("runtime.powerState", Property.word("HostSystemPowerState", "poweredOn"))
                .with("runtime.inMaintenanceMode", Property.flag(false))
                .withTime("runtime.bootTime", bootTime)
                .with("config.network.vnic", new Property("ArrayOfHostVirtualNic", interfaces()))
                .with("summary.hardware.numCpuCores", Property.number(16))
                .with("summary.hardware.cpuMhz", Property.number(2_600))
                .with("summary.hardware.memorySize", Property.number(137_438_953_472L))
                .with("summary.quickStats.overallCpuUsage", Property.number(4_160))
                .with("summary.quickStats.overallMemoryUsage", Property.number(65_536))
                .with("summary.config.product.fullName", Property.text("VMware ESXi 8.0.2 build-22380479"));
    }

    private String interfaces() {
        return """
                <HostVirtualNic><device>vmk1</device><spec><ip><ipAddress>192.168.50.9</ipAddress></ip></spec></HostVirtualNic>\
                <HostVirtualNic><device>vmk0</device><spec><ip><ipAddress>%s</ipAddress></ip></spec></HostVirtualNic>""".formatted(address);
    }
}
