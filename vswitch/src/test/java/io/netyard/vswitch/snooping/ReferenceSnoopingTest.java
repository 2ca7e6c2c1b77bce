package io.netyard.vswitch.snooping;

import static io.netyard.vswitch.snooping.GroupFrames.data;
import static io.netyard.vswitch.snooping.GroupFrames.mldDone;
import static io.netyard.vswitch.snooping.GroupFrames.mldV1Query;
import static io.netyard.vswitch.snooping.GroupFrames.mldV1Report;
import static io.netyard.vswitch.snooping.GroupFrames.mldV2Query;
import static io.netyard.vswitch.snooping.GroupFrames.mldV2Report;
import static io.netyard.vswitch.snooping.GroupFrames.pimHello;
import static io.netyard.vswitch.snooping.GroupFrames.pimHello6;
import static io.netyard.vswitch.snooping.GroupFrames.v1Report;
import static io.netyard.vswitch.snooping.GroupFrames.v2Leave;
import static io.netyard.vswitch.snooping.GroupFrames.v2Query;
import static io.netyard.vswitch.snooping.GroupFrames.v2Report;
import static io.netyard.vswitch.snooping.GroupFrames.v3Query;
import static io.netyard.vswitch.snooping.GroupFrames.v3Report;
import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.vswitch.snooping.GroupFrames.Entry;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random conversations of hosts and routers: the same verdicts as of the reference, frame by frame.
class ReferenceSnoopingTest {
    private static final int CONVERSATIONS = 200;
    private static final int FRAMES = 1_000;
    private static final List<String> GROUPS = List.of(
            "239.0.0.1",
            "239.0.0.2",
            "239.128.0.1",
            "224.0.1.1",
            "224.0.0.5",
            "ff05::1",
            "ff05::2",
            "ff0e::1",
            "ff02::5");
    private static final int PORTS = 6;

    private SplittableRandom random = new SplittableRandom(1);
    private ReferenceSnooping reference = new ReferenceSnooping();

    @Test
    void decidesAsTheReferenceDoes() {
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            random = new SplittableRandom(conversation);
            reference = new ReferenceSnooping();
            try (SnoopingFixture switching = new SnoopingFixture(SnoopingSettings.ON)) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    String step = "conversation " + conversation + " frame " + frame;
                    passTime(switching);
                    step(switching, step);
                }
            }
        }
    }

    private void passTime(SnoopingFixture switching) {
        long milliseconds = random.nextInt(20) == 0 ? random.nextInt(300_000) : random.nextInt(2_000);
        reference.now += milliseconds;
        switching.pass(milliseconds);
        if (random.nextInt(4) == 0) {
            switching.sweep();
        }
    }

    private void step(SnoopingFixture switching, String step) {
        int vid = 1 + random.nextInt(2);
        int port = 1 + random.nextInt(PORTS);
        String group = GROUPS.get(random.nextInt(GROUPS.size()));
        boolean isIpv6 = group.contains(":");
        String any = isIpv6 ? "::" : "0.0.0.0";
        String host = (isIpv6 ? "fe80::" : "10.0.0.") + port;
        switch (random.nextInt(10)) {
            case 0 -> {
                int response = 1_000 * (1 + random.nextInt(10));
                byte[] query = query(any, host, response, false);
                assertThat(switching.receive(vid, port, query))
                        .as(step)
                        .isEqualTo(reference.query(vid, port, any, response, false));
            }
            case 1 -> {
                int response = 1_000 * (1 + random.nextInt(3));
                boolean suppress = random.nextBoolean();
                byte[] query = query(group, host, response, suppress);
                boolean isVersioned = query.length > (isIpv6 ? 14 + 48 + 24 : 14 + 24 + 8);
                assertThat(switching.receive(vid, port, query))
                        .as(step)
                        .isEqualTo(reference.query(vid, port, group, response, !(suppress && isVersioned)));
            }
            case 2, 3, 4 ->
                assertThat(switching.receive(vid, port, join(group, host)))
                        .as(step)
                        .isEqualTo(reference.join(vid, port, group));
            case 5 ->
                assertThat(switching.receive(vid, port, leave(group, host)))
                        .as(step)
                        .isEqualTo(reference.leave(vid, group));
            case 6 ->
                assertThat(switching.receive(vid, port, isIpv6 ? pimHello6(host) : pimHello(host)))
                        .as(step)
                        .isEqualTo(reference.hello(vid, port, isIpv6));
            default ->
                assertThat(switching.receive(vid, port, data(host, group)))
                        .as(step)
                        .isEqualTo(reference.data(vid, group));
        }
    }

    private byte[] query(String group, String host, int response, boolean suppress) {
        boolean isNew = suppress || random.nextBoolean();
        if (group.contains(":")) {
            return isNew ? mldV2Query(host, group, response, suppress) : mldV1Query(host, group, response);
        }
        int code = response / 100;
        return isNew ? v3Query(host, group, code, suppress) : v2Query(host, group, code);
    }

    private byte[] join(String group, String host) {
        int type = List.of(GroupFrames.IS_EXCLUDE, GroupFrames.TO_EXCLUDE).get(random.nextInt(2));
        if (group.contains(":")) {
            return random.nextBoolean() ? mldV1Report(host, group) : mldV2Report(host, new Entry(type, group));
        }
        return switch (random.nextInt(4)) {
            case 0 -> v1Report(host, group);
            case 1 -> v2Report(host, group);
            case 2 -> v3Report(host, new Entry(GroupFrames.ALLOW, group, List.of("10.9.9.9")));
            default -> v3Report(host, new Entry(type, group));
        };
    }

    private byte[] leave(String group, String host) {
        if (group.contains(":")) {
            return random.nextBoolean()
                    ? mldDone(host, group)
                    : mldV2Report(host, new Entry(GroupFrames.TO_INCLUDE, group));
        }
        return random.nextBoolean() ? v2Leave(host, group) : v3Report(host, new Entry(GroupFrames.TO_INCLUDE, group));
    }
}
