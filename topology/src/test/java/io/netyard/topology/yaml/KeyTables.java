package io.netyard.topology.yaml;

import io.netyard.topology.yaml.Shape.Fields;
import io.netyard.topology.yaml.Shape.Key;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of keys in the documentation, made of the declarations. A page says where one belongs:
///
/// ```text
/// <!-- keys: node -->
/// <!-- end -->
/// ```
final class KeyTables {
    private static final Pattern PLACE =
            Pattern.compile("(<!-- keys: ([a-z-]+) -->\\n).*?(<!-- end -->)", Pattern.DOTALL);

    private KeyTables() {}

    /// All declarations that a page can show, by name.
    static List<Fields> declarations() {
        Stream<Fields> top = Stream.of(
                FileFormat.ROOT,
                FileFormat.DEFAULTS,
                FileFormat.NODE_FIELDS,
                InterfaceFormat.COMMON,
                FileFormat.PORT,
                FileFormat.ROUTE,
                FileFormat.LINK,
                FileFormat.OVERLAY,
                FileFormat.CHECK);
        return Stream.concat(
                        top,
                        InterfaceFormat.KINDS.stream()
                                .filter(kind -> !kind.keys().isEmpty()))
                .toList();
    }

    /// The names of the tables that a page has places for.
    static List<String> namesIn(String page) {
        return PLACE.matcher(page).results().map(place -> place.group(2)).toList();
    }

    /// The page with all its tables as they have to be.
    static String fill(String page) {
        return PLACE.matcher(page).replaceAll(KeyTables::filled);
    }

    private static String filled(MatchResult place) {
        String table = declarations().stream()
                .filter(fields -> fields.name().equals(place.group(2)))
                .map(KeyTables::table)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no declaration is called " + place.group(2)));
        return java.util.regex.Matcher.quoteReplacement(place.group(1) + table + place.group(3));
    }

    private static String table(Fields fields) {
        StringBuilder table =
                new StringBuilder("| key | value | if absent | what it is | example |\n|---|---|---|---|---|\n");
        for (Key key : fields.keys()) {
            if (!key.later()) {
                table.append("| `" + key.name() + "` | " + value(key.shape()) + " | " + absent(key) + " | " + key.doc()
                        + " | " + example(key).map(text -> "`" + text + "`").orElse("") + " |\n");
            }
        }
        String later = fields.keys().stream()
                .filter(Key::later)
                .map(key -> "`" + key.name() + "`")
                .collect(Collectors.joining(", "));
        return later.isEmpty() ? table.toString() : table + "\nReserved for later versions: " + later + ".\n";
    }

    private static String absent(Key key) {
        return key.required()
                ? "**required**"
                : key.fallback().map(value -> "`" + value + "`").orElse("");
    }

    private static Optional<String> example(Key key) {
        Optional<String> value = key.example().or(() -> switch (key.shape()) {
            case Shape.Choice choice -> Optional.of(choice.words().getLast());
            case Shape.Flag _ -> Optional.of(key.fallback().equals(Optional.of("true")) ? "false" : "true");
            case Shape.WholeNumber number -> Optional.of(key.fallback().orElse(Long.toString(number.most())));
            default -> Optional.empty();
        });
        return value.map(text -> key.name() + ": " + text);
    }

    private static String value(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text.what();
            case Shape.WholeNumber number ->
                number.least() + " to " + number.most() + (number.step() == 1 ? "" : " in steps of " + number.step());
            case Shape.Choice choice ->
                choice.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "))
                        + choice.later().stream()
                                .map(word -> ", later `" + word + "`")
                                .collect(Collectors.joining());
            case Shape.Flag _ -> "`true` or `false`";
            case Shape.Vlan _ -> "a VLAN's name or number";
            case Shape.ListOf list -> "a list, each " + value(list.item());
            case Shape.OneOrMany one -> value(one.item()) + ", or a list of such";
            case Shape.MapOf map -> "a mapping, " + map.keys().what() + " → " + value(map.value());
            case Fields fields -> "[" + fields.name() + "](#" + fields.name() + ")";
            case Shape.ByKind kinds -> value(kinds.common());
            case Shape.Either either -> value(either.first()) + ", or " + value(either.second());
        };
    }
}
