package io.netyard.cli.view;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// Frames that were dropped, by reason.
final class DropView {
    private DropView() {}

    /// On one line, empty if there are none.
    static String text(Map<String, Long> drops) {
        return drops.entrySet().stream()
                .map(drop -> drop.getValue() + " " + drop.getKey())
                .collect(Collectors.joining(", "));
    }

    /// Writes `"drops": […]`.
    static void write(Map<String, Long> drops, JsonGenerator json) {
        JsonView.objects(json, "drops", drops.entrySet(), drop -> {
            json.writeStringProperty("reason", drop.getKey());
            json.writeNumberProperty("frames", drop.getValue());
        });
    }
}
