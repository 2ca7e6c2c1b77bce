package io.netyard.topology.compile;

import io.netyard.net.InterfaceName;
import io.netyard.net.MacAddress;
import java.nio.charset.StandardCharsets;

/// The numbers that a lab's name determines, the same on every run and every machine.
public final class LabIdentity {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// Groups below this are left to people, who number theirs by hand.
    private static final int FIRST_GROUP = 0x1_0000;

    private LabIdentity() {}

    /// The interface group (`IFLA_GROUP`) that marks every interface of the lab: positive, from 65,536 up,
    /// so that the default group 0 and groups numbered by hand stay out of reach.
    public static int group(String lab) {
        return FIRST_GROUP + (int) Long.remainderUnsigned(hash(lab), Integer.MAX_VALUE - FIRST_GROUP);
    }

    /// A unicast address of the locally administered range (IEEE 802-2014 clause 8.4) for one interface, so
    /// that captures of one lab look the same each time.
    static MacAddress macAddress(String lab, String node, InterfaceName name) {
        long bits = hash(lab + '/' + node + '/' + name) & 0xff_ffff_ffffL;
        return new MacAddress(0x02L << 40 | bits);
    }

    /// FNV-1a, then mixed, so that names that differ in their last letter differ in all bits.
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }
}
