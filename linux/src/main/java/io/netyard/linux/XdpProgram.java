package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The program that hands the frames of an interface to AF_XDP sockets (bpf(2)), with its map of queues to
/// sockets. Attached by a BPF link: it goes when its descriptors close, also where the process is killed.
final class XdpProgram implements AutoCloseable {
    private static final boolean ARM64 = "aarch64".equals(System.getProperty("os.arch"));
    private static final long BPF = ARM64 ? 280 : 321;
    private static final int MAP_CREATE = 0;
    private static final int MAP_UPDATE_ELEM = 2;
    private static final int PROG_LOAD = 5;
    private static final int LINK_CREATE = 28;

    private static final int ATTRIBUTES = 128;
    private static final int MAP_TYPE_XSKMAP = 17;
    private static final int PROG_TYPE_XDP = 6;
    private static final int ATTACH_TYPE_XDP = 37;
    private static final int HELPER_REDIRECT_MAP = 51;
    private static final int QUEUES = 64;

    /// What the program gives for a queue without a socket: the frame goes on into the kernel.
    private static final int XDP_PASS = 2;

    private static final byte[] LICENSE = LibC.string("Apache-2.0");

    private final List<FileDescriptor> descriptors = new ArrayList<>();
    private final FileDescriptor map;
    private final FileDescriptor program;

    XdpProgram() {
        try {
            map = create();
            program = load(map.number());
        } catch (LinuxException failure) {
            close();
            throw failure;
        }
    }

    private FileDescriptor create() {
        ByteBuffer attributes = LibC.memory(ATTRIBUTES);
        attributes
                .putInt(MAP_TYPE_XSKMAP)
                .putInt(Integer.BYTES)
                .putInt(Integer.BYTES)
                .putInt(QUEUES);
        return open("make a map of AF_XDP sockets", MAP_CREATE, attributes);
    }

    /// ```text
    /// r2 = rx_queue_index; r1 = map; r3 = XDP_PASS; r0 = bpf_redirect_map(r1, r2, r3); exit
    /// ```
    private FileDescriptor load(int mapNumber) {
        ByteBuffer code = LibC.memory(6 * Long.BYTES);
        instruction(code, 0x61, 0x12, 16, 0);
        instruction(code, 0x18, 0x11, 0, mapNumber);
        instruction(code, 0, 0, 0, 0);
        instruction(code, 0xb7, 0x03, 0, XDP_PASS);
        instruction(code, 0x85, 0, 0, HELPER_REDIRECT_MAP);
        instruction(code, 0x95, 0, 0, 0);
        ByteBuffer license = LibC.memory(LICENSE.length);
        license.put(0, LICENSE);
        ByteBuffer attributes = LibC.memory(ATTRIBUTES);
        attributes.putInt(0, PROG_TYPE_XDP).putInt(4, code.capacity() / Long.BYTES);
        try {
            attributes.putLong(8, LibC.address(code)).putLong(16, LibC.address(license));
            return open("load an XDP program", PROG_LOAD, attributes);
        } finally {
            Reference.reachabilityFence(code);
            Reference.reachabilityFence(license);
        }
    }

    private static void instruction(ByteBuffer code, int operation, int registers, int offset, int value) {
        code.put((byte) operation)
                .put((byte) registers)
                .putShort((short) offset)
                .putInt(value);
    }

    /// Sends the frames of a queue to a socket.
    void redirect(int queue, FileDescriptor socket) {
        ByteBuffer entry = LibC.memory(2 * Integer.BYTES);
        entry.putInt(0, queue).putInt(4, socket.number());
        long address = LibC.address(entry);
        ByteBuffer attributes = LibC.memory(ATTRIBUTES);
        attributes.putInt(0, map.number()).putLong(8, address).putLong(16, address + 4);
        try {
            bpf("redirect a queue to an AF_XDP socket", MAP_UPDATE_ELEM, attributes);
        } finally {
            Reference.reachabilityFence(entry);
        }
    }

    /// Attaches the program (`ip link set dev IF xdpgeneric|xdpdrv`). To be called in the interface's
    /// namespace.
    ///
    /// @param flags `XDP_FLAGS_SKB_MODE` or `XDP_FLAGS_DRV_MODE`
    void attach(int index, int flags) {
        ByteBuffer attributes = LibC.memory(ATTRIBUTES);
        attributes
                .putInt(program.number())
                .putInt(index)
                .putInt(ATTACH_TYPE_XDP)
                .putInt(flags);
        open("attach an XDP program", LINK_CREATE, attributes);
    }

    private FileDescriptor open(String operation, int command, ByteBuffer attributes) {
        FileDescriptor opened = new FileDescriptor(bpf(operation, command, attributes));
        descriptors.add(opened);
        return opened;
    }

    /// Descriptors from bpf(2) are closed on exec by themselves.
    private static int bpf(String operation, int command, ByteBuffer attributes) {
        try {
            return (int) LibC.syscall(BPF, command, LibC.address(attributes), ATTRIBUTES);
        } catch (LastErrorException failure) {
            throw new LinuxException(operation, failure.getErrorCode());
        } finally {
            Reference.reachabilityFence(attributes);
        }
    }

    @Override
    public void close() {
        descriptors.reversed().forEach(FileDescriptor::close);
    }
}
