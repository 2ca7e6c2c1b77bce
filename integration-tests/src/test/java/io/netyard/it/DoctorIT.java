package io.netyard.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `netyard doctor` finds, and what it soaks.
class DoctorIT {
    private static final boolean FULL = "full".equals(System.getProperty("netyard.ring"));
    private static final String TIME = System.getProperty("netyard.doctor.soak", "30s");

    private static final long LONG_MILLISECONDS = 600_000;
    private static final double MOST_DRIFT = 1.02;

    @Test
    void tellsWhatTheKernelHas() {
        Netyard.Outcome outcome = Netyard.run("doctor");
        assertThat(outcome.code()).as(outcome.out()).isZero();
        assertThat(outcome.out())
                .containsPattern("bridge with VLANs +" + (FULL ? "good" : "(good|missing)"))
                .containsPattern("vlan +" + (FULL ? "good +the kernel" : "(good|missing)"))
                .containsPattern("orphans +good");
    }

    @Test
    @Tag("long")
    void findsNothingBrokenInASoakByChance() {
        Netyard.Outcome outcome = Launcher.run("doctor", "--soak", TIME, "--json");
        System.out.print("doctor --soak " + TIME + ": " + outcome.out());
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        JsonNode report = JsonMapper.shared().readTree(outcome.out());
        assertThat(report.get("broken").asString()).isEmpty();
        assertThat(report.get("leftovers").asInt()).isZero();
        assertThat(report.get("edits").asInt()).isPositive();
        assertThat(report.at("/after/descriptors").asInt())
                .as("descriptors")
                .isLessThanOrEqualTo(report.at("/before/descriptors").asInt());
        assertThat(report.at("/after/threads").asInt())
                .as("threads")
                .isLessThanOrEqualTo(report.at("/before/threads").asInt());
        // A shorter one ends before the JVM has taken the memory that it goes on with.
        if (report.get("milliseconds").asLong() >= LONG_MILLISECONDS) {
            assertThat(report.at("/after/resident-octets").asDouble())
                    .as("resident memory")
                    .isLessThan(report.at("/before/resident-octets").asDouble() * MOST_DRIFT);
        }
    }
}
