package io.netyard.vswitch.wrap;

/// What a bad line does to frames that go one way. All chances are independent of each other, 0 to 1.
///
/// @param delay nanoseconds that every frame takes
/// @param jitter nanoseconds that a frame takes more or less, evenly spread; frames may overtake each other
/// @param loss chance that a frame is lost
/// @param duplicate chance that a frame comes twice
/// @param reorder chance that a frame is not delayed, and so overtakes those before it; takes a delay
/// @param corrupt chance that one bit of a frame is turned over
/// @param rate bits in a second that the line carries; 0 for no limit
/// @param queue frames that may be under way or wait; those that find it full are lost
public record Impairment(
        long delay, long jitter, double loss, double duplicate, double reorder, double corrupt, long rate, int queue) {
    /// A good line.
    public static final Impairment NONE = new Impairment(0, 0, 0, 0, 0, 0, 0, 1000);

    public Impairment {
        if (delay < 0 || jitter < 0 || rate < 0 || queue < 1) {
            throw new IllegalArgumentException("delay, jitter and rate are not negative, and a queue has a frame");
        }
        if (jitter > delay) {
            throw new IllegalArgumentException("a jitter is not larger than the delay that it changes");
        }
        requireChance(loss);
        requireChance(duplicate);
        requireChance(reorder);
        requireChance(corrupt);
        if (reorder > 0 && delay == 0) {
            throw new IllegalArgumentException("without a delay no frame overtakes another");
        }
    }

    private static void requireChance(double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("a chance is 0 to 1, not " + chance);
        }
    }

    /// Whether it changes anything.
    public boolean isNone() {
        return delay == 0 && loss == 0 && duplicate == 0 && corrupt == 0 && rate == 0;
    }

    /// The same with another delay and jitter, in nanoseconds.
    public Impairment withDelay(long nanoseconds, long jitterNanoseconds) {
        return new Impairment(nanoseconds, jitterNanoseconds, loss, duplicate, reorder, corrupt, rate, queue);
    }

    /// The same with another chance of loss.
    public Impairment withLoss(double chance) {
        return new Impairment(delay, jitter, chance, duplicate, reorder, corrupt, rate, queue);
    }

    /// The same with another chance that a frame comes twice.
    public Impairment withDuplicate(double chance) {
        return new Impairment(delay, jitter, loss, chance, reorder, corrupt, rate, queue);
    }

    /// The same with another chance that a frame overtakes others.
    public Impairment withReorder(double chance) {
        return new Impairment(delay, jitter, loss, duplicate, chance, corrupt, rate, queue);
    }

    /// The same with another chance of a wrong bit.
    public Impairment withCorrupt(double chance) {
        return new Impairment(delay, jitter, loss, duplicate, reorder, chance, rate, queue);
    }

    /// The same with another rate in bits a second, and a queue before it.
    public Impairment withRate(long bits, int frames) {
        return new Impairment(delay, jitter, loss, duplicate, reorder, corrupt, bits, frames);
    }
}
