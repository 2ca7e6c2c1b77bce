package io.netyard.topology.yaml;

import io.netyard.topology.yaml.YamlNode.Entry;
import io.netyard.topology.yaml.YamlNode.Mapping;
import io.netyard.topology.yaml.YamlNode.Scalar;
import io.netyard.topology.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Expands ranges: `a..b` inside a word stands for all numbers from a to b, with the zeros that a starts
/// with. All ranges of one entry have the same length and run in step.
final class Ranges {
    /// Longer ranges are mistakes.
    static final int LONGEST = 10_000;

    private static final int UNUSABLE = -1;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

    private final Diagnostics diagnostics;

    Ranges(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// Whether a text has a range in it.
    static boolean isIn(Scalar scalar) {
        return RANGE.matcher(scalar.text()).find();
    }

    /// An entry of a mapping: as often as the range in its key says, each time with its ranges replaced;
    /// not at all if they cannot be used.
    List<Entry> expand(Entry entry) {
        int length = length(entry.key());
        if (length == 0) {
            return List.of(entry);
        }
        List<Entry> expanded = new ArrayList<>(Math.max(0, length));
        for (int step = 0; step < length && isFit(entry.value(), length, step); step++) {
            expanded.add(new Entry(at(entry.key(), step), at(entry.value(), step)));
        }
        return expanded;
    }

    /// An item of a list: as often as its ranges say; not at all if they cannot be used.
    List<YamlNode> expand(YamlNode item) {
        Optional<Scalar> first = firstRange(item);
        int length = first.map(this::length).orElse(0);
        if (length == 0) {
            return List.of(item);
        }
        List<YamlNode> expanded = new ArrayList<>(Math.max(0, length));
        for (int step = 0; step < length && isFit(item, length, step); step++) {
            expanded.add(at(item, step));
        }
        return expanded;
    }

    /// The first text within that has a range.
    private static Optional<Scalar> firstRange(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> RANGE.matcher(scalar.text()).find() ? Optional.of(scalar) : Optional.empty();
            case Sequence sequence ->
                sequence.items().stream()
                        .map(Ranges::firstRange)
                        .flatMap(Optional::stream)
                        .findFirst();
            case Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> firstRange(entry.key()).or(() -> firstRange(entry.value())))
                        .flatMap(Optional::stream)
                        .findFirst();
        };
    }

    /// How long the ranges of a text are; 0 if it has none, and -1 if they cannot be used.
    private int length(Scalar scalar) {
        Matcher range = RANGE.matcher(scalar.text());
        int length = 0;
        while (range.find()) {
            long from = Long.parseLong(range.group(1));
            long to = Long.parseLong(range.group(2));
            long count = to - from + 1;
            if (count < 1 || count > LONGEST) {
                diagnostics.error(
                        scalar,
                        "the range " + range.group() + " has " + (count < 1 ? "no" : count) + " members",
                        "a range a..b goes up and has at most " + LONGEST);
                return UNUSABLE;
            }
            if (length != 0 && count != length) {
                differs(scalar, range.group(), count, length);
                return UNUSABLE;
            }
            length = (int) count;
        }
        return length;
    }

    private void differs(Scalar scalar, String range, long count, int length) {
        diagnostics.error(
                scalar,
                "the range " + range + " has " + count + " members where the entry's first has " + length,
                "all ranges of one entry run in step");
    }

    /// Whether all ranges within are of this length; checked once for all steps.
    private boolean isFit(YamlNode node, int length, int step) {
        if (step > 0) {
            return true;
        }
        return switch (node) {
            case Scalar scalar -> {
                Matcher range = RANGE.matcher(scalar.text());
                if (range.find()) {
                    int own = length(scalar);
                    if (own > 0 && own != length) {
                        differs(scalar, range.group(), own, length);
                    }
                    yield own == length;
                }
                yield true;
            }
            case Sequence sequence -> sequence.items().stream().allMatch(item -> isFit(item, length, 0));
            case Mapping mapping ->
                mapping.entries().stream()
                        .allMatch(entry -> isFit(entry.key(), length, 0) && isFit(entry.value(), length, 0));
        };
    }

    private static YamlNode at(YamlNode node, int step) {
        return switch (node) {
            case Scalar scalar -> at(scalar, step);
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream().map(item -> at(item, step)).toList(),
                        sequence.line(),
                        sequence.column());
            case Mapping mapping ->
                new Mapping(
                        mapping.entries().stream()
                                .map(entry -> new Entry(at(entry.key(), step), at(entry.value(), step)))
                                .toList(),
                        mapping.line(),
                        mapping.column());
        };
    }

    private static Scalar at(Scalar scalar, int step) {
        Matcher range = RANGE.matcher(scalar.text());
        if (!range.find()) {
            return scalar;
        }
        return scalar.withText(range.replaceAll(match -> {
            String from = match.group(1);
            String number = Long.toString(Long.parseLong(from) + step);
            boolean padded = from.length() > 1 && from.startsWith("0");
            return padded ? "0".repeat(Math.max(0, from.length() - number.length())) + number : number;
        }));
    }
}
