package io.netyard.vswitch.wrap;

import io.netyard.vlan.frame.MemoryBlock;

/// A frame under way on a [Line], in memory that is used again and again.
final class Traveller {
    final MemoryBlock memory;
    long due;
    long number;
    int length;
    long offload;
    int tag;
    int peer;

    Traveller(int size) {
        this.memory = new MemoryBlock(size);
    }

    long due() {
        return due;
    }

    long number() {
        return number;
    }
}
