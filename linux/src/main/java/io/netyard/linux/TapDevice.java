package io.netyard.linux;

import com.sun.jna.LastErrorException;
import io.netyard.net.InterfaceName;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/// An Ethernet interface whose other end is this program (`/dev/net/tun`, `IFF_TAP | IFF_NO_PI`; `ip tuntap
/// add mode tap`): what the kernel sends out of the interface is read here, what is written here comes in
/// at the interface. With one queue, and non-blocking.
///
/// The interface goes with the descriptor, unless it is made to stay by [#persist]. It comes down, with a
/// random MAC address; netlink changes that, by its name.
///
/// ```text
/// a frame, with Options.vnetHeader of 10 or 12 octets: virtio_net_hdr, in the byte order of the machine
///   0 flags u8   1 gso type u8   2 header length u16   4 gso size u16   6 checksum start u16
///   8 checksum offset u16  [10 buffers u16]  then the frame, from its destination on, without FCS
/// ```
///
/// Owned by whoever opened it. One thread at a time reads and one writes; those may be two.
public final class TapDevice implements AutoCloseable {
    private static final String CONTROL = "/dev/net/tun";

    private static final long TUNSETIFF = 0x400454ca;
    private static final long TUNSETPERSIST = 0x400454cb;
    private static final long TUNSETOFFLOAD = 0x400454d0;
    private static final long TUNGETIFF = 0x800454d2L;
    private static final long TUNSETVNETHDRSZ = 0x400454d8;
    private static final long TUNSETIFINDEX = 0x400454da;
    private static final long TUNGETDEVNETNS = 0x54e3;

    private static final int IFF_TAP = 0x0002;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int IFF_TUN_EXCL = 0x8000;

    /// `struct ifreq`: name 16, flags s16, and room for the other forms of it.
    private static final int IFREQ = 40;

    private static final int IFREQ_FLAGS = 16;

    private final FileDescriptor descriptor;
    private final Poll poll = new Poll(1);
    /// That of the descriptor, which is asked for under a lock.
    private int number;

    private final DirectCalls reading = new DirectCalls();
    private final DirectCalls writing = new DirectCalls();

    private TapDevice(FileDescriptor descriptor) {
        this.descriptor = descriptor;
        this.number = descriptor.number();
    }

    /// How frames are handed over.
    ///
    /// @param vnetHeader octets of the header in front of each frame, both ways: 0 for none, 10 for
    ///     `virtio_net_hdr`, 12 for `virtio_net_hdr_mrg_rxbuf`
    /// @param offloads what may be left undone in frames that are read; takes a header, which says what it
    ///     was
    public record Options(int vnetHeader, Set<TapOffload> offloads) {
        /// Frames as on a wire.
        public static final Options PLAIN = new Options(0, Set.of());

        public Options {
            offloads = Set.copyOf(offloads);
            if (vnetHeader != 0 && vnetHeader != 10 && vnetHeader != 12) {
                throw new IllegalArgumentException("a header has 0, 10 or 12 octets, not " + vnetHeader);
            }
            if (vnetHeader == 0 && !offloads.isEmpty()) {
                throw new IllegalArgumentException("without a header nothing says what " + offloads + " left undone");
            }
        }
    }

    /// Makes an interface.
    ///
    /// @param namespace in which it lies, wherever the frames are read
    /// @throws LinuxException with `EBUSY` if there is one of this name, `ENOENT` without CONFIG_TUN
    public static TapDevice create(NetworkNamespace namespace, InterfaceName name, Options options) {
        return open(namespace, name, 0, options, IFF_TUN_EXCL);
    }

    /// Takes the other end of an interface that was made to stay; makes it if there is none.
    ///
    /// @throws LinuxException with `EBUSY` if a program has it already, `EINVAL` if it is no TAP device
    public static TapDevice attach(NetworkNamespace namespace, InterfaceName name, Options options) {
        return open(namespace, name, 0, options, 0);
    }

    /// As [#attach], and if it has to be made, with this ifindex (`TUNSETIFINDEX`).
    public static TapDevice attach(NetworkNamespace namespace, InterfaceName name, int index, Options options) {
        return open(namespace, name, index, options, 0);
    }

    private static TapDevice open(
            NetworkNamespace namespace, InterfaceName name, int index, Options options, int exclusive) {
        ByteBuffer request = LibC.memory(IFREQ);
        request.put(0, name.value().getBytes(StandardCharsets.UTF_8));
        int header = options.vnetHeader() == 0 ? 0 : IFF_VNET_HDR;
        request.putShort(IFREQ_FLAGS, (short) (IFF_TAP | IFF_NO_PI | header | exclusive));
        ByteBuffer headerLength = LibC.memory(Integer.BYTES);
        headerLength.putInt(0, options.vnetHeader());
        int offloads = options.offloads().stream().mapToInt(TapOffload::bit).sum();
        // The descriptor belongs to the namespace that it is opened in.
        FileDescriptor descriptor =
                namespace.call(() -> FileDescriptor.open(CONTROL, LibC.O_RDWR | LibC.O_NONBLOCK, 0));
        try {
            if (index != 0) {
                ByteBuffer wanted = LibC.memory(Integer.BYTES);
                wanted.putInt(0, index);
                control(descriptor, "choose the ifindex of " + name, TUNSETIFINDEX, wanted);
            }
            control(descriptor, "make TAP device " + name, TUNSETIFF, request);
            if (header != 0) {
                control(descriptor, "set the header of " + name, TUNSETVNETHDRSZ, headerLength);
            }
            // What an earlier program asked of an interface that stayed is undone by asking for nothing.
            control(descriptor, "set the offloads of " + name, TUNSETOFFLOAD, offloads);
        } catch (LinuxException failure) {
            descriptor.close();
            throw failure;
        }
        return new TapDevice(descriptor);
    }

    private static void control(FileDescriptor descriptor, String operation, long request, ByteBuffer argument) {
        try {
            control(descriptor, operation, request, LibC.address(argument));
        } finally {
            Reference.reachabilityFence(argument);
        }
    }

    private static int control(FileDescriptor descriptor, String operation, long request, long argument) {
        try {
            return LibC.ioctl(descriptor.number(), request, argument);
        } catch (LastErrorException failure) {
            throw new LinuxException(operation, failure.getErrorCode());
        }
    }

    /// The name of the interface, which may have changed.
    public InterfaceName name() {
        ByteBuffer request = LibC.memory(IFREQ);
        control(descriptor, "ask for the name of a TAP device", TUNGETIFF, request);
        int length = 0;
        while (request.get(length) != 0) {
            length++;
        }
        byte[] name = new byte[length];
        request.get(0, name);
        return new InterfaceName(new String(name, StandardCharsets.UTF_8));
    }

    /// Opens the namespace that the interface lies in, which may have changed. Linux 5.2.
    public NetworkNamespace namespace() {
        return new NetworkNamespace(
                new FileDescriptor(control(descriptor, "ask for the namespace of a TAP device", TUNGETDEVNETNS, 0)));
    }

    /// Makes the interface stay after this end of it is closed, or go with it (`ip tuntap add`, `del`).
    public void persist(boolean stays) {
        control(descriptor, "make a TAP device persistent", TUNSETPERSIST, stays ? 1 : 0);
    }

    /// The descriptor, to wait for it together with others. It can be read when a frame is there.
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /// Waits until a frame can be read.
    ///
    /// @param limit rounded up to milliseconds
    /// @return whether one is there; false when the time is over
    public boolean await(Duration limit) {
        return poll.await(limit, descriptor);
    }

    /// Reads one frame, if one is there.
    ///
    /// @param frame one of [Socket#buffer]; filled from its start, with the header first where there is
    ///     one. The rest of a longer frame is lost, and nothing says so: room is needed for the header, the
    ///     MTU and 18 octets, and with offloads for the header and 65,549
    /// @return its octets; -1 if there is none
    /// @throws LinuxException with `EBADFD` if the interface was deleted
    public int read(ByteBuffer frame) {
        int result;
        try {
            result = read(LibC.address(frame), frame.capacity());
        } finally {
            Reference.reachabilityFence(frame);
        }
        if (result >= 0 || result == -Errno.EAGAIN.number()) {
            return Math.max(result, -1);
        }
        throw new LinuxException("read a frame", -result);
    }

    /// The same into memory at an address, which the caller keeps valid; allocates nothing.
    ///
    /// @return its octets, or a negative errno: `EAGAIN` if there is none
    public int read(long address, int capacity) {
        while (true) {
            int result = (int) reading.read(number, address, capacity);
            if (result != -Errno.EINTR.number()) {
                return result;
            }
        }
    }

    /// Writes one frame: the octets between the buffer's position and limit, which stay as they are, with
    /// the header first where there is one.
    ///
    /// @param frame one of [Socket#buffer]
    /// @return false if there was no room for it
    /// @throws LinuxException with `EIO` if the interface is down, `EINVAL` for less than the header and 14
    ///     octets or a header that makes no sense, `EBADFD` if the interface was deleted
    public boolean write(ByteBuffer frame) {
        int result;
        try {
            result = write(LibC.address(frame) + frame.position(), frame.remaining());
        } finally {
            Reference.reachabilityFence(frame);
        }
        if (result >= 0 || result == -Errno.EAGAIN.number()) {
            return result >= 0;
        }
        throw new LinuxException("write a frame", -result);
    }

    /// The same from memory at an address, which the caller keeps valid; allocates nothing.
    ///
    /// @return the octets written, or a negative errno: `EAGAIN` if there was no room
    public int write(long address, int length) {
        while (true) {
            int result = (int) writing.write(number, address, length);
            if (result != -Errno.EINTR.number()) {
                return result;
            }
        }
    }

    /// Lets go of the interface. No thread may be reading or writing any more.
    @Override
    public void close() {
        number = -1;
        descriptor.close();
    }
}
