package io.netyard.topology.yaml;

import io.netyard.net.IpAddress;
import io.netyard.topology.model.CableEnd;
import io.netyard.topology.model.Check;
import io.netyard.topology.model.NodeName;
import io.netyard.topology.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads `checks:`, sentences such as `h1 reaches h2` and `h1 cannot reach 10.0.0.9`.
final class CheckReader {
    private final Diagnostics diagnostics;
    private final Positions positions;

    CheckReader(Diagnostics diagnostics, Positions positions) {
        this.diagnostics = diagnostics;
        this.positions = positions;
    }

    /// What a sentence says.
    private record Sentence(NodeName from, boolean expected, Check.Target to) {}

    List<Check> read(FieldReader root) {
        List<Check> checks = new ArrayList<>();
        for (YamlNode item : root.list("checks")) {
            check(item).ifPresent(check -> {
                positions.put(check, diagnostics.position(item));
                checks.add(check);
            });
        }
        return checks;
    }

    private Optional<Check> check(YamlNode item) {
        if (item instanceof Scalar scalar) {
            return sentence(scalar)
                    .map(said -> new Check(
                            scalar.text(),
                            said.from(),
                            said.to(),
                            said.expected(),
                            Check.DEFAULT_COUNT,
                            Check.DEFAULT_SIZE,
                            false,
                            Optional.empty()));
        }
        FieldReader fields = new FieldReader(item, FileFormat.CHECK, "a check", diagnostics);
        Optional<Long> count = fields.number("count");
        Optional<Long> size = fields.number("size");
        Optional<Boolean> dontFragment = fields.flag("dont-fragment");
        Optional<Check.Family> family =
                fields.choice("family").map(word -> Check.Family.valueOf(word.toUpperCase(Locale.ROOT)));
        Optional<String> name = fields.text("name");
        if (!(fields.node("check").orElse(null) instanceof Scalar scalar)) {
            if (fields.node("check").isEmpty() && !fields.present().iterator().hasNext()) {
                return Optional.empty();
            }
            diagnostics.error(item, "a check lacks 'check': a sentence, such as h1 reaches h2");
            return Optional.empty();
        }
        return sentence(scalar)
                .map(said -> new Check(
                        name.orElse(scalar.text()
                                + family.map(only -> " (" + only + ")").orElse("")),
                        said.from(),
                        said.to(),
                        said.expected(),
                        count.map(Long::intValue).orElse(Check.DEFAULT_COUNT),
                        size.map(Long::intValue).orElse(Check.DEFAULT_SIZE),
                        dontFragment.orElse(false),
                        family));
    }

    private Optional<Sentence> sentence(Scalar scalar) {
        List<String> words = List.of(scalar.text().trim().split("\\s+"));
        boolean reaches = words.size() == 3 && words.get(1).equals("reaches");
        boolean cannot = words.size() == 4
                && words.get(1).equals("cannot")
                && words.get(2).equals("reach");
        if (!reaches && !cannot) {
            diagnostics.error(
                    scalar,
                    "'" + scalar.text() + "' is no check that is known",
                    "checks are 'A reaches B' and 'A cannot reach B', where B is NODE, NODE:INTERFACE or an address");
            return Optional.empty();
        }
        try {
            return Optional.of(new Sentence(new NodeName(words.getFirst()), reaches, target(words.getLast())));
        } catch (IllegalArgumentException failure) {
            diagnostics.error(scalar, String.valueOf(failure.getMessage()));
            return Optional.empty();
        }
    }

    private static Check.Target target(String word) {
        boolean isNode = Character.isLetter(word.charAt(0)) && word.indexOf(':') < 0 && word.indexOf('.') < 0;
        if (isNode) {
            return new Check.OfNode(new NodeName(word));
        }
        try {
            return new Check.OfAddress(IpAddress.parse(word));
        } catch (IllegalArgumentException noAddress) {
            if (!Character.isLetter(word.charAt(0)) || word.indexOf(':') < 0) {
                throw noAddress;
            }
        }
        CableEnd end = TopologyReader.end(word);
        return new Check.OfInterface(end.node(), end.interfaceName());
    }
}
