package io.netyard.topology.apply;

import io.netyard.topology.apply.StateFile.DamagedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Tells a text that is as it was written from one that is not: a second line with its SHA-256.
///
/// ```text
/// {"format": 1, "lab": "campus", ...}
/// sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
/// ```
///
/// It is against damage. Against somebody who may write the file nothing in the file can help.
final class Seal {
    private static final byte[] PREFIX = "\nsha256 ".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int SEAL_BYTES = PREFIX.length + 2 * DIGEST_BYTES + 1;

    private Seal() {}

    /// A text of one line with its seal.
    static byte[] close(String line) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(text, text.length + SEAL_BYTES);
        System.arraycopy(seal(text), 0, sealed, text.length, SEAL_BYTES);
        return sealed;
    }

    /// The text.
    ///
    /// @throws DamagedException if it is not what was sealed
    static String open(byte[] sealed) {
        int length = sealed.length - SEAL_BYTES;
        if (length < 0) {
            throw new DamagedException("it is cut off");
        }
        byte[] text = Arrays.copyOf(sealed, length);
        if (!Arrays.equals(sealed, length, sealed.length, seal(text), 0, SEAL_BYTES)) {
            throw new DamagedException("its checksum does not fit: it was cut off or changed after it was written");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] seal(byte[] text) {
        byte[] seal = Arrays.copyOf(PREFIX, SEAL_BYTES);
        byte[] digest = HexFormat.of().formatHex(digest(text)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digest, 0, seal, PREFIX.length, digest.length);
        seal[SEAL_BYTES - 1] = '\n';
        return seal;
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
