package io.netyard.it;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netyard.vlan.VlanTag;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A patch cable between two ports, on a loop of its own: what comes in on one goes out on the other.
final class Patch implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();
    private final List<Port> ports;

    /// The causes that ports gave for not being able to go on.
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    Patch(Port left, Port right) {
        ports = List.of(left, right);
        loop.submit(() -> {
                    left.attach(new End(left, right));
                    right.attach(new End(right, left));
                })
                .syncUninterruptibly();
    }

    private final class End implements PortContext {
        private final Port own;
        private final Port other;
        private final Burst tagged = new Burst();

        End(Port own, Port other) {
            this.own = own;
            this.other = other;
        }

        @Override
        public IoEventLoop loop() {
            return loop;
        }

        @Override
        public void receive(Burst burst) {
            tagged.clear();
            for (int at = 0; at < burst.size(); at++) {
                add(burst.address(at), burst.length(at), burst.offload(at), burst.tag(at));
            }
            other.transmit(tagged);
        }

        private void add(long address, int length, long offload, int tag) {
            if (tag == VlanTag.NONE) {
                tagged.add(address, length, offload, 0, 0);
                return;
            }
            Memory.copy(address, address - VlanTag.LENGTH, 12);
            Memory.putInt(address + 8, tag);
            tagged.add(address - VlanTag.LENGTH, length + VlanTag.LENGTH, Offload.moved(offload, VlanTag.LENGTH), 0, 0);
        }

        @Override
        public void failed(Throwable cause) {
            failures.add(cause);
            own.detach();
        }
    }

    @Override
    public void close() {
        loop.submit(() -> ports.forEach(Port::detach)).syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
