package io.netyard.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The arrows between packages.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/netyard/it/"))
            .importPackages("io.netyard");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.netyard.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void modulesDependOnTheOnesBelowAlone() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("net")
                .definedBy("io.netyard.net")
                .layer("linux")
                .definedBy("io.netyard.linux")
                .layer("netlink")
                .definedBy("io.netyard.netlink..")
                .layer("vlan")
                .definedBy("io.netyard.vlan..")
                .layer("vxlan")
                .definedBy("io.netyard.vxlan..")
                .layer("vswitch")
                .definedBy("io.netyard.vswitch..")
                .layer("topology")
                .definedBy("io.netyard.topology..")
                .layer("cli")
                .definedBy("io.netyard.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("topology")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("netlink")
                .mayOnlyBeAccessedByLayers("topology", "cli")
                .whereLayer("vswitch")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("vxlan")
                .mayOnlyBeAccessedByLayers("vswitch", "cli")
                .whereLayer("vlan")
                .mayOnlyBeAccessedByLayers("vxlan", "vswitch", "cli")
                .whereLayer("linux")
                .mayOnlyBeAccessedByLayers("netlink", "topology", "vswitch", "cli")
                .check(CLASSES);
    }

    @Test
    void nettyIsInTheSwitchAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.netyard.vswitch..", "io.netyard.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void framesMeetNoStreams() {
        noClasses()
                .that()
                .resideInAnyPackage("io.netyard.vlan..", "io.netyard.vxlan..", "io.netyard.vswitch.pipeline")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.stream..", "java.util.logging..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void jnaIsInLinuxAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.netyard.linux")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(CLASSES);
    }

    @Test
    void yamlIsInItsPackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.netyard.topology.yaml")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson.dataformat..")
                .check(CLASSES);
    }

    @Test
    void picocliIsInTheCommandsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.netyard.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void modelStatePlanAndCompileTouchNoSystem() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.netyard.topology.model",
                        "io.netyard.topology.state",
                        "io.netyard.topology.plan",
                        "io.netyard.topology.compile")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netyard.linux", "java.io", "java.nio.file..", "java.nio.channels..", "java.time..")
                .check(CLASSES);
    }

    /// Somebody may set the time of day while something is waited for, or ages.
    @Test
    @Tag("F25")
    void noTimeOfDayIsUsedToMeasure() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callConstructor(Date.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.netyard.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
        classes().should().resideInAPackage("io.netyard..").check(CLASSES);
    }
}
