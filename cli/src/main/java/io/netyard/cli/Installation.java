package io.netyard.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that this program was loaded from, and who may change them. What root runs has to be root's,
/// or of whoever owns the folder of the project: a person who builds Netyard runs it as root.
final class Installation {
    private static final int ROOT = 0;
    private static final int GROUP_MAY_WRITE = 0020;
    private static final int OTHERS_MAY_WRITE = 0002;

    /// What a JVM loads or runs for this program, and the folders that it lies in. Not all that a JDK has:
    /// to look at that takes longer than the rest of a start.
    private static final List<String> LOADED_OF_JAVA = List.of(
            "",
            "bin",
            "bin/java",
            "conf",
            "lib",
            "lib/jspawnhelper",
            "lib/jvm.cfg",
            "lib/libextnet.so",
            "lib/libjava.so",
            "lib/libjimage.so",
            "lib/libjli.so",
            "lib/libnet.so",
            "lib/libnio.so",
            "lib/libzip.so",
            "lib/modules",
            "lib/server",
            "lib/server/classes.jsa",
            "lib/server/libjvm.so");

    private final Path home;
    private final Path dist;

    /// @param home the folder that the launcher lies in
    Installation(Path home) {
        this.home = home;
        this.dist = home.resolve("cli/target/dist");
    }

    /// Who owns a file and who may write it.
    record Access(int owner, int group, int mode) {
        static Access of(Path file) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:uid,gid,mode");
            return new Access(
                    number(attributes.get("uid")), number(attributes.get("gid")), number(attributes.get("mode")));
        }

        private static int number(@Nullable Object attribute) {
            return (Integer) Objects.requireNonNull(attribute);
        }

        /// Why root should not load the file; empty if nothing is wrong with it. A group with the number of
        /// the owner is taken for the owner's own, as distributions make them.
        ///
        /// @param trusted the owner of the project's folder
        Optional<String> objection(int trusted) {
            if (owner != ROOT && owner != trusted) {
                return Optional.of("belongs to the user " + owner);
            }
            if ((mode & OTHERS_MAY_WRITE) != 0) {
                return Optional.of("may be written by everybody");
            }
            return (mode & GROUP_MAY_WRITE) != 0 && group != ROOT && group != owner
                    ? Optional.of("may be written by the group " + group)
                    : Optional.empty();
        }
    }

    /// Looks at what this process was loaded from, if it runs as root.
    ///
    /// @return what is wrong, a sentence; empty if nothing is
    static Optional<String> objection() {
        String home = System.getProperty("netyard.home");
        try {
            if (home == null || Access.of(Path.of("/proc/self")).owner() != ROOT) {
                return Optional.empty();
            }
            return new Installation(Path.of(home)).firstObjection();
        } catch (IOException failure) {
            return Optional.of("the installation cannot be looked at: " + failure);
        }
    }

    /// The first file that root should not load.
    Optional<String> firstObjection() throws IOException {
        int trusted = Access.of(home).owner();
        for (Path file : files()) {
            try {
                Optional<String> objection = Access.of(file).objection(trusted);
                if (objection.isPresent()) {
                    return Optional.of(file + " " + objection.get() + ": root runs nothing that others can change;"
                            + " give it to root or to the owner of " + home
                            + ", and take write permission from the others"
                            + " (chown, chmod go-w)");
                }
            } catch (NoSuchFileException _) {
                // A start-up cache or a manual page less.
            }
        }
        return Optional.empty();
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(List.of(
                home,
                home.resolve("netyard"),
                home.resolve(".mvn"),
                home.resolve(".mvn/find-jdk.sh"),
                home.resolve("cli"),
                home.resolve("cli/target"),
                dist,
                dist.resolve("classpath"),
                dist.resolve("netyard.aot"),
                dist.resolve("daemon.aot")));
        for (Path folder : List.of(dist.resolve("lib"), dist.resolve("native"), dist.resolve("shell"))) {
            files.add(folder);
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> loaded = Files.newDirectoryStream(folder)) {
                    loaded.forEach(files::add);
                }
            }
        }
        Path java = Path.of(System.getProperty("java.home"));
        LOADED_OF_JAVA.forEach(file -> files.add(java.resolve(file)));
        return files;
    }
}
