package io.netyard.vswitch.tunnel;

import io.netyard.net.IpAddress;
import io.netyard.vlan.frame.Memory;
import io.netyard.vlan.frame.MemoryBlock;
import io.netyard.vswitch.port.Offload;
import io.netyard.vswitch.port.Port;
import io.netyard.vxlan.VtepTable;
import java.util.ArrayList;
import java.util.List;

/// An underlay that keeps what it is to send, and receives what it is told to.
final class MemoryUnderlay extends SinkUnderlay {
    record Packet(IpAddress remote, byte[] bytes, int sourcePort, int trafficClass, int ttl) {}

    final List<Packet> sent = new ArrayList<>();
    final List<IpAddress> joined = new ArrayList<>();
    boolean isOpen;
    private final MemoryBlock block = new MemoryBlock(70_000);

    MemoryUnderlay(boolean isIpv6) {
        super(isIpv6);
    }

    void receive(IpAddress from, int trafficClass, byte[] bytes) {
        receive(from, trafficClass, bytes, Offload.NONE);
    }

    void receive(IpAddress from, int trafficClass, byte[] bytes, long offload) {
        long address = block.address() + Port.HEAD_ROOM;
        Memory.copy(bytes, address);
        Datagrams datagrams = new Datagrams();
        datagrams.addReceived(address, bytes.length, VtepTable.high(from), VtepTable.low(from), trafficClass, offload);
        receive(datagrams);
    }

    List<Packet> takeSent() {
        List<Packet> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public void open(Context to) {
        super.open(to);
        isOpen = true;
    }

    @Override
    public void join(IpAddress group) {
        joined.add(group);
    }

    @Override
    public void leave(IpAddress group) {
        joined.remove(group);
    }

    @Override
    public int send(Datagrams datagrams) {
        VtepTable addresses = new VtepTable(64, true);
        for (int at = 0; at < datagrams.size(); at++) {
            int number = addresses.admit(datagrams.remoteHigh(at), datagrams.remoteLow(at));
            sent.add(new Packet(
                    addresses.address(number),
                    Memory.toBytes(datagrams.address(at), datagrams.length(at)),
                    datagrams.sourcePort(at),
                    datagrams.trafficClass(at),
                    datagrams.ttl(at)));
        }
        return datagrams.size();
    }

    @Override
    public void close() {
        isOpen = false;
        block.close();
    }
}
