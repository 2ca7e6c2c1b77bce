package io.netyard.vswitch.wrap;

import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import io.netyard.vswitch.port.PortContext;
import org.jspecify.annotations.Nullable;

/// Another port behind a bad line, each way as bad as one likes. Frames that wait are kept in memory of
/// this port; those with segments to cut count as one frame and take as long as all their bytes.
public final class ImpairedPort extends WrappedPort {
    private final Line inward;
    private final Line outward;
    private @Nullable PortContext context;

    /// Wraps a port, which belongs to this one from then on.
    ///
    /// @param in what happens to frames from the device
    /// @param out what happens to frames to the device
    /// @param seed the same seed, the same fates for the same frames
    public ImpairedPort(Port port, Impairment in, Impairment out, long seed) {
        super(port);
        this.inward = new Line(in, seed, this::deliver);
        this.outward = new Line(out, ~seed, port::transmit);
    }

    /// Changes both ways for frames that come from now on. On the loop's thread.
    public void impair(Impairment in, Impairment out) {
        inward.impair(in);
        outward.impair(out);
    }

    /// Frames that the line lost on the way in. On the loop's thread, as [#lostOut].
    public long lostIn() {
        return inward.lost();
    }

    /// Frames that the line lost on the way out.
    public long lostOut() {
        return outward.lost();
    }

    @Override
    public void attach(PortContext to) {
        super.attach(to);
        context = to;
        inward.attach(to.loop());
        outward.attach(to.loop());
    }

    @Override
    void receive(Burst burst, PortContext to) {
        inward.accept(burst);
    }

    private void deliver(Burst burst) {
        PortContext receiver = context;
        if (receiver != null) {
            receiver.receive(burst);
        }
    }

    @Override
    public int transmit(Burst burst) {
        return outward.accept(burst);
    }

    @Override
    public void detach() {
        context = null;
        inward.close();
        outward.close();
        super.detach();
    }
}
