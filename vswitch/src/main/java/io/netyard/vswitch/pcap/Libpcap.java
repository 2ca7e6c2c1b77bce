package io.netyard.vswitch.pcap;

import java.io.EOFException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;

/// Calls into libpcap, and what to say when it is missing or refuses.
final class Libpcap {
    private static final String LIBRARY = "org.pcap4j.core.pcapLibName";

    static {
        // Without the package for developers there is no libpcap.so, only the name with its version.
        if (System.getProperty(LIBRARY) == null) {
            System.setProperty(LIBRARY, "libpcap.so.0.8");
        }
    }

    private Libpcap() {}

    /// What pcap4j's methods throw.
    interface Call<T extends @Nullable Object> {
        T make() throws PcapNativeException, NotOpenException, EOFException, TimeoutException;
    }

    /// Makes a call.
    ///
    /// @param purpose what failed, as the beginning of a sentence: `cannot read x.pcap`
    /// @throws EOFException at the end of a file
    static <T extends @Nullable Object> T call(String purpose, Call<T> call) throws EOFException {
        try {
            return call.make();
        } catch (PcapNativeException | TimeoutException failure) {
            throw new PcapException(purpose + ": " + failure.getMessage(), failure);
        } catch (NotOpenException failure) {
            throw new IllegalStateException(failure);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError missing) {
            throw new PcapException(
                    purpose + ": libpcap is not installed (on Debian: apt-get install libpcap0.8)", missing);
        }
    }
}
