package io.netyard.vswitch.device;

import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.PortCapabilities;

/// What this kernel passes in a `virtio_net_hdr`.
final class KernelOffloads {
    /// Segments of UDP from Linux 6.2 on (`VIRTIO_NET_HDR_GSO_UDP_L4`).
    static final int AVAILABLE = isAtLeast(6, 2) ? PortCapabilities.ALL_OFFLOADS : withoutUdp();

    private KernelOffloads() {}

    private static int withoutUdp() {
        return PortCapabilities.ALL_OFFLOADS & ~Offload.UDP;
    }

    private static boolean isAtLeast(int major, int minor) {
        String[] parts = System.getProperty("os.version", "").split("[.-]", 3);
        try {
            int first = Integer.parseInt(parts[0]);
            return first > major || first == major && Integer.parseInt(parts[1]) >= minor;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return false;
        }
    }
}
