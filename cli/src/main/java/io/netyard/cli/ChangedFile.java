package io.netyard.cli;

import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Says where the copy of a file that Netyard keeps and the file itself differ, so that nobody takes one
/// for the other.
final class ChangedFile {
    private ChangedFile() {}

    /// The copy is used: says if the file is gone, or another one by now.
    static void tell(Labs.Source applied, PrintWriter err) {
        Path file = Path.of(applied.name());
        String lab = applied.topology().lab().value();
        if (!Files.isRegularFile(file)) {
            err.println("netyard: " + file + ", which " + lab + " was applied from, is gone; its copy is used");
        } else if (differs(file, applied.text())) {
            err.println("netyard: " + file + " is not what " + lab + " was applied from any more; the copy of that is"
                    + " used (netyard plan " + file + " shows the difference)");
        }
    }

    /// A file is given, and the lab is looked at: says if something else was applied.
    static void tellIfNotApplied(Labs labs, Labs.Source given, PrintWriter err) {
        String lab = given.topology().lab().value();
        try {
            if (!labs.appliedFile(lab).text().equals(given.text())) {
                err.println("netyard: " + given.name() + " is not what " + lab + " was applied from (netyard plan "
                        + given.name() + " shows the difference)");
            }
        } catch (LabException _) {
            // No such lab, or nobody knows its file: who goes on with it says so.
        }
    }

    private static boolean differs(Path file, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Files.size(file) != bytes.length || !text.equals(Files.readString(file));
        } catch (IOException _) {
            // Who cannot read it cannot apply it either.
            return false;
        }
    }
}
