package io.netyard.vswitch.pcap;

import java.io.EOFException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/// An expression of pcap-filter(7), such as `arp or icmp`, compiled by libpcap for Ethernet frames that
/// bear their VLAN tags in their bytes. It holds native memory until it is closed.
public final class FrameFilter implements AutoCloseable {
    private static final int MOST_BYTES = 262_144;

    private final String expression;
    private final BpfProgram program;

    private FrameFilter(String expression, BpfProgram program) {
        this.expression = expression;
        this.program = program;
    }

    /// Compiles an expression; an empty one takes every frame.
    ///
    /// @throws PcapException with libpcap's word on it if it makes no sense
    public static FrameFilter compile(String expression) {
        String purpose = "cannot use the filter '" + expression + "'";
        try {
            return Libpcap.call(purpose, () -> {
                PcapHandle dead = Pcaps.openDead(DataLinkType.EN10MB, MOST_BYTES);
                try {
                    BpfProgram program = dead.compileFilter(expression, BpfCompileMode.OPTIMIZE, noNetmask());
                    return new FrameFilter(expression, program);
                } finally {
                    dead.close();
                }
            });
        } catch (EOFException failure) {
            throw new PcapException(purpose, failure);
        }
    }

    /// `ip broadcast` has no meaning without an interface.
    private static Inet4Address noNetmask() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What it was compiled from.
    public String expression() {
        return expression;
    }

    /// Whether a whole frame is one that the expression describes.
    ///
    /// @param length bytes of the frame at the array's beginning
    public boolean matches(byte[] frame, int length) {
        return program.applyFilter(frame, length, length);
    }

    @Override
    public void close() {
        program.free();
    }
}
