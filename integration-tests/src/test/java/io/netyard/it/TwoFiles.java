package io.netyard.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The file of a lab and one that it is changed to, written before each test; the lab is destroyed after
/// it.
final class TwoFiles implements BeforeEachCallback, AfterEachCallback {
    private final String lab;
    private final String textBefore;
    private final String textAfter;
    private Path folder = Path.of("");

    TwoFiles(String lab, String textBefore, String textAfter) {
        this.lab = lab;
        this.textBefore = textBefore;
        this.textAfter = textAfter;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory(lab);
        Files.writeString(before(), textBefore);
        Files.writeString(after(), textAfter);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        KilledNetyard.endStopped();
        Netyard.run("destroy", lab);
        Tool.run("rm", "-r", folder.toString());
    }

    /// For what a test writes besides.
    Path folder() {
        return folder;
    }

    Path before() {
        return folder.resolve("before.yaml");
    }

    Path after() {
        return folder.resolve("after.yaml");
    }

    /// Takes what other processes say.
    Path log() {
        return folder.resolve("log");
    }
}
