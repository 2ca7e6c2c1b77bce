package io.netyard.vswitch.wrap;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netyard.vlan.frame.Memory;
import io.netyard.vswitch.port.Burst;
import io.netyard.vswitch.port.Port;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Frames under way in one direction of an [ImpairedPort]. Each lies in memory of the line until it is due.
/// What happens to a frame depends on the seed and on the frames before it alone.
final class Line {
    private static final Comparator<Traveller> FIRST_DUE =
            Comparator.comparingLong(Traveller::due).thenComparingLong(Traveller::number);
    private static final long NANOSECONDS = 1_000_000_000;
    private static final int BITS = 8;

    /// Bytes that an Ethernet line carries besides a frame: preamble 8, FCS 4, gap 12 (IEEE 802.3).
    private static final int OVERHEAD = 24;

    private final Consumer<Burst> end;
    private final SplittableRandom random;
    private final TravellerPool pool = new TravellerPool();
    private final PriorityQueue<Traveller> underWay = new PriorityQueue<>(FIRST_DUE);
    private final Burst burst = new Burst();
    private final Traveller[] leaving = new Traveller[Burst.CAPACITY];
    private Impairment impairment;
    private @Nullable IoEventLoop loop;
    private @Nullable Future<?> waking;
    private long wakingAt;
    private long lineFree = System.nanoTime();
    private long number;
    private long lost;

    /// A line.
    ///
    /// @param end takes the frames that are due
    Line(Impairment impairment, long seed, Consumer<Burst> end) {
        this.impairment = impairment;
        this.random = new SplittableRandom(seed);
        this.end = end;
    }

    /// Starts to use a loop's timers.
    void attach(IoEventLoop to) {
        loop = to;
    }

    /// Changes what the line does to frames that come from now on.
    void impair(Impairment wanted) {
        impairment = wanted;
    }

    /// Frames that were lost, those that found the queue full included.
    long lost() {
        return lost;
    }

    /// Takes frames in. They leave at once where nothing holds them.
    ///
    /// @return frames that were not lost
    int accept(Burst frames) {
        if (impairment.isNone() && underWay.isEmpty()) {
            end.accept(frames);
            return frames.size();
        }
        long now = System.nanoTime();
        long before = lost;
        for (int at = 0; at < frames.size(); at++) {
            if (random.nextDouble() < impairment.loss()) {
                lost++;
            } else {
                enter(frames, at, now);
                if (random.nextDouble() < impairment.duplicate()) {
                    enter(frames, at, now);
                }
            }
        }
        leave(now);
        return Math.max(0, frames.size() - (int) (lost - before));
    }

    private void enter(Burst frames, int at, long now) {
        if (underWay.size() >= impairment.queue()) {
            lost++;
            return;
        }
        int length = frames.length(at);
        Traveller traveller = pool.take(length);
        traveller.length = length;
        traveller.offload = frames.offload(at);
        traveller.tag = frames.tag(at);
        traveller.peer = frames.peer(at);
        traveller.number = number++;
        traveller.due = due(length, now);
        long address = traveller.memory.address() + Port.HEAD_ROOM;
        Memory.copy(frames.address(at), address, length);
        if (random.nextDouble() < impairment.corrupt()) {
            long wrong = address + random.nextInt(length);
            Memory.putByte(wrong, Memory.getByte(wrong) ^ 1 << random.nextInt(BITS));
        }
        underWay.add(traveller);
    }

    private long due(int length, long now) {
        long free = now;
        if (impairment.rate() != 0) {
            long bits = (long) (length + OVERHEAD) * BITS;
            lineFree = Math.max(lineFree, now) + bits * NANOSECONDS / impairment.rate();
            free = lineFree;
        }
        if (random.nextDouble() < impairment.reorder()) {
            return free;
        }
        long jitter = impairment.jitter() == 0 ? 0 : random.nextLong(-impairment.jitter(), impairment.jitter() + 1);
        return free + impairment.delay() + jitter;
    }

    private void leave(long now) {
        while (isDue(now)) {
            while (isDue(now) && !burst.isFull()) {
                Traveller first = underWay.remove();
                leaving[burst.size()] = first;
                burst.add(first.memory.address() + Port.HEAD_ROOM, first.length, first.offload, first.tag, first.peer);
            }
            end.accept(burst);
            for (int at = 0; at < burst.size(); at++) {
                pool.giveBack(leaving[at]);
            }
            burst.clear();
        }
        wakeForNext(now);
    }

    private boolean isDue(long now) {
        Traveller first = underWay.peek();
        return first != null && first.due - now <= 0;
    }

    private void wakeForNext(long now) {
        Traveller first = underWay.peek();
        IoEventLoop timers = loop;
        if (first == null || timers == null) {
            return;
        }
        if (waking != null) {
            if (wakingAt <= first.due) {
                return;
            }
            waking.cancel(false);
        }
        wakingAt = first.due;
        waking = timers.schedule(this::wake, Math.max(0, first.due - now), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        waking = null;
        leave(System.nanoTime());
    }

    /// Drops what is under way and frees its memory.
    void close() {
        loop = null;
        if (waking != null) {
            waking.cancel(false);
            waking = null;
        }
        underWay.forEach(pool::giveBack);
        underWay.clear();
        pool.close();
    }
}
