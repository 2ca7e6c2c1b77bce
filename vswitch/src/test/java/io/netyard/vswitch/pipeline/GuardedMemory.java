package io.netyard.vswitch.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Memory that ends at a page which must not be touched: reading or writing behind the end ends the
/// process.
public final class GuardedMemory implements AutoCloseable {
    private static final long PAGE = 65_536;
    private static final Linker LINKER = Linker.nativeLinker();

    @SuppressWarnings("restricted")
    private static final MethodHandle MPROTECT = LINKER.downcallHandle(
            LINKER.defaultLookup().find("mprotect").orElseThrow(),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;

    private final Arena arena = Arena.ofShared();
    private final long end;

    /// @param length bytes before the end
    public GuardedMemory(long length) {
        long pages = (length + PAGE - 1) / PAGE * PAGE;
        MemorySegment memory = arena.allocate(pages + PAGE, PAGE);
        end = memory.address() + pages;
        protect(PROT_NONE);
    }

    /// The first address that must not be touched.
    public long end() {
        return end;
    }

    private void protect(int protection) {
        try {
            int result = (int) MPROTECT.invokeExact(end, PAGE, protection);
            if (result != 0) {
                throw new IllegalStateException("mprotect failed");
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        protect(PROT_READ_WRITE);
        arena.close();
    }
}
