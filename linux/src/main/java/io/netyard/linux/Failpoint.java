package io.netyard.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Named points between the steps of a run, at which tests end it, make it fail or stop it.
///
/// They are off, and cost nothing, unless the JVM was started with the system property `netyard.failpoint`.
/// No environment variable and no file turns them on: who can write the command line of a JVM that runs as
/// root can do anything anyway. The property's value is read again at each point, so that a test can change
/// it; several instructions are separated by `;`:
///
/// - `kill@NAME#N`: the process is killed (`SIGKILL`) when it passes the point for the N-th time, N from 1;
///   without a name, when it passes the N-th point of any name
/// - `stop@NAME#N`: it is stopped (`SIGSTOP`), until somebody continues it
/// - `fail:ERRNO@NAME#N`: a [LinuxException] with this error is thrown there
/// - `trace:FILE`: each name that is passed is added to the file, one a line
/// - anything else does nothing
public final class Failpoint {
    private static final String PROPERTY = "netyard.failpoint";
    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;

    /// Whether this JVM has points. A constant, so that code behind it is compiled to nothing where it has
    /// none.
    public static final boolean ON = System.getProperty(PROPERTY) != null;

    private static final Object LOCK = new Object();
    private static Script script = new Script("");

    private Failpoint() {}

    /// A point is passed.
    ///
    /// @param name what comes next, such as `record.rename`
    /// @throws LinuxException if a test wants it to fail here
    public static void pass(String name) {
        if (ON) {
            synchronized (LOCK) {
                String text = System.getProperty(PROPERTY, "");
                if (!script.text.equals(text)) {
                    script = new Script(text);
                }
                script.pass(name);
            }
        }
    }

    /// The value of the property, and what was passed since it was set.
    private static final class Script {
        private final String text;
        private final List<String> instructions = new ArrayList<>();
        private final Map<String, Integer> passed = new HashMap<>();

        Script(String text) {
            this.text = text;
            for (String instruction : text.split(";", -1)) {
                instructions.add(instruction.strip());
            }
        }

        void pass(String name) {
            String any = "@#" + passed.merge("", 1, Integer::sum);
            String one = "@" + name + "#" + passed.merge(name, 1, Integer::sum);
            for (String instruction : instructions) {
                if (instruction.startsWith("trace:")) {
                    write(Path.of(instruction.substring("trace:".length())), name);
                } else if (instruction.endsWith(any) || instruction.endsWith(one)) {
                    act(instruction.substring(0, instruction.indexOf('@')), name);
                }
            }
        }

        private static void write(Path file, String name) {
            try {
                Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void act(String action, String name) {
            if (action.equals("kill")) {
                signal(SIGKILL);
            } else if (action.equals("stop")) {
                signal(SIGSTOP);
            } else if (action.startsWith("fail:")) {
                throw new LinuxException("point " + name, Errno.valueOf(action.substring("fail:".length())));
            }
        }

        /// To this thread, which is stopped before it goes on; a signal to the process may be taken by a
        /// thread that is waiting.
        private static void signal(int number) {
            try {
                LibC.raise(number);
            } catch (LastErrorException failure) {
                throw new LinuxException("raise signal " + number, failure.getErrorCode());
            }
        }
    }
}
