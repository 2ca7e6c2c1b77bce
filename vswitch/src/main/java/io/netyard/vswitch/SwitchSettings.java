package io.netyard.vswitch;

import io.netyard.vswitch.pipeline.PortSettings;
import io.netyard.vswitch.pipeline.RelaySettings;
import java.util.Map;

/// Everything that can be set at a switch.
///
/// @param relay what concerns no single port
/// @param ports the ports that it has, by name
public record SwitchSettings(RelaySettings relay, Map<String, PortSettings> ports) {
    public SwitchSettings {
        ports = Map.copyOf(ports);
    }
}
