package io.netyard.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What people read and what is run are the same text.
class ReadmeTest {
    @Test
    void showsTheExampleAsItIsRun() throws IOException {
        String example = Files.readString(Path.of("examples/BridgeAndList.java"));
        assertThat(example.lines()).hasSizeLessThanOrEqualTo(30);
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```\n");
    }
}
