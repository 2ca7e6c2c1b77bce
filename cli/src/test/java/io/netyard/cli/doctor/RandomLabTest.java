package io.netyard.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.topology.compile.KernelFeatures;
import io.netyard.topology.compile.TopologyCompiler;
import io.netyard.topology.yaml.TopologyFile;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomLabTest {
    private static final int EDITS = 2_000;

    @Test
    void writesFilesWithoutErrorsHoweverOftenItIsEdited() {
        RandomLab lab = new RandomLab("soak", new Random(7));
        Set<String> texts = new HashSet<>();
        for (int edit = 0; edit < EDITS; edit++) {
            String text = lab.text();
            TopologyFile file = TopologyFile.parse("soak.yaml", text);
            assertThat(file.hasErrors()).as(file.diagnostics() + text).isFalse();
            TopologyCompiler.compile(
                    file.topology().orElseThrow(),
                    () -> KernelFeatures.of(EnumSet.noneOf(KernelFeatures.Feature.class)));
            TopologyCompiler.compile(file.topology().orElseThrow(), () -> KernelFeatures.ALL);
            texts.add(text);
            lab.edit();
        }
        assertThat(texts).as("different files").hasSizeGreaterThan(EDITS / 2);
    }

    @Test
    void writesTheSameFilesFromTheSameSeed() {
        assertThat(texts(3)).isEqualTo(texts(3)).isNotEqualTo(texts(4));
    }

    private static String texts(long seed) {
        RandomLab lab = new RandomLab("soak", new Random(seed));
        StringBuilder texts = new StringBuilder();
        for (int edit = 0; edit < 20; edit++) {
            lab.edit();
            texts.append(lab.text());
        }
        return texts.toString();
    }
}
