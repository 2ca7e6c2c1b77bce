package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bill of materials (CycloneDX) and what is distributed.
class BillOfMaterialsIT {
    private static JsonNode bill() throws IOException {
        return new JsonMapper().readTree(Files.readString(Netyard.home().resolve("cli/target/bom.json")));
    }

    @Test
    void itListsWhatIsDistributedAndNothingElse() throws IOException {
        Set<String> listed = Stream.concat(
                        Stream.of(bill().at("/metadata/component")),
                        bill().path("components").valueStream())
                .map(BillOfMaterialsIT::jar)
                .collect(Collectors.toSet());
        try (Stream<Path> jars = Files.list(Netyard.home().resolve("cli/target/dist/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    private static String jar(JsonNode component) {
        String url = component.path("purl").stringValue();
        int classifier = url.indexOf("classifier=");
        return component.path("name").stringValue() + "-"
                + component.path("version").stringValue()
                + (classifier < 0
                        ? ""
                        : "-" + url.substring(classifier).split("[=&]")[1].replace("%2F", "/")) + ".jar";
    }

    @Test
    void everyLibraryHasAHashAndALicence() throws IOException {
        for (JsonNode component : bill().path("components").values()) {
            assertThat(component.path("licenses").isEmpty()).as(jar(component)).isFalse();
            if (!component.path("group").stringValue().equals("io.netyard")) {
                assertThat(component.path("hashes").valueStream())
                        .as(jar(component))
                        .anyMatch(hash -> hash.path("alg").stringValue().equals("SHA-256"));
            }
        }
    }

    @Test
    void nothingInItDiffersFromBuildToBuild() throws IOException {
        assertThat(bill().has("serialNumber")).isFalse();
        assertThat(bill().path("metadata").has("timestamp")).isFalse();
        assertThat(bill().toString()).doesNotContain(Netyard.home().toRealPath().toString());
    }
}
