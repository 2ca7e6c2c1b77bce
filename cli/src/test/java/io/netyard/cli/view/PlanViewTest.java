package io.netyard.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.netyard.topology.plan.Change;
import io.netyard.topology.plan.Plan;
import io.netyard.topology.state.LoopProtection;
import io.netyard.topology.state.Resource.UserSwitch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    @Test
    void anotherProtectionFromLoopsIsShown() {
        Plan plan = new Plan(List.of(new Change.Update(
                protectedBy(new LoopProtection.None()), protectedBy(new LoopProtection.Detection()))));
        StringWriter out = new StringWriter();
        new PlanView(plan).print(new PrintWriter(out), "lab");
        assertThat(out.toString()).contains("transparent -> transparent, loop detection");
    }

    private static UserSwitch protectedBy(LoopProtection loops) {
        return new UserSwitch("s1", "br0", UserSwitch.Mode.TRANSPARENT, UserSwitch.Multicast.FLOODED, loops);
    }
}
