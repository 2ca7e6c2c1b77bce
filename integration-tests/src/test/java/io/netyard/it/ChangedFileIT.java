package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A file that is edited or removed after it was applied: who names the lab or the file is told which of
/// the two counts.
class ChangedFileIT {
    private static final String LAB = "lab: edited\nnodes: { h1: {} }\n";

    @RegisterExtension
    private final AppliedLab lab = new AppliedLab();

    private static void says(String text, String... command) {
        Netyard.Outcome outcome = Netyard.run(command);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains(text).hasLineCount(text.isEmpty() ? 0 : 1);
    }

    @Test
    void whoNamesTheLabIsToldThatTheFileIsAnotherOneNow() throws IOException {
        lab.apply(LAB);
        for (String command : new String[] {"plan", "apply", "check", "show"}) {
            says("", command, "edited");
        }
        Files.writeString(Path.of(lab.file()), LAB + "# more\n");
        for (String command : new String[] {"plan", "apply", "check", "show"}) {
            says(lab.file() + " is not what edited was applied from any more", command, "edited");
        }
        Files.delete(Path.of(lab.file()));
        for (String command : new String[] {"plan", "apply", "check", "show"}) {
            says(lab.file() + ", which edited was applied from, is gone", command, "edited");
        }
        Files.writeString(Path.of(lab.file()), LAB);
    }

    @Test
    void whoNamesTheFileIsToldThatSomethingElseWasApplied() throws IOException {
        lab.apply(LAB);
        says("", "show", lab.file());
        Files.writeString(Path.of(lab.file()), LAB + "# more\n");
        says(lab.file() + " is not what edited was applied from", "show", lab.file());
        says(lab.file() + " is not what edited was applied from", "check", lab.file());
    }
}
