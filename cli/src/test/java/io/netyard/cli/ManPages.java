package io.netyard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Writes the manual pages, one for `netyard` and one for each command, from the model of the command line.
/// The build runs it; it is on no class path of users.
final class ManPages {
    private ManPages() {}

    /// @param arguments the folder to write to, and the version
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), arguments[1]);
    }

    static List<Path> write(Path folder, String version) throws IOException {
        Files.createDirectories(folder);
        CommandLine root = Main.allCommands();
        List<CommandSpec> specs = Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden())
                .toList();
        List<Path> written = new java.util.ArrayList<>();
        for (CommandSpec spec : specs) {
            written.add(Files.writeString(folder.resolve(pageName(spec) + ".1"), page(spec, specs, version)));
        }
        return written;
    }

    private static String pageName(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private static String page(CommandSpec spec, List<CommandSpec> all, String version) {
        UsageMessageSpec usage = spec.usageMessage();
        List<String> description = Arrays.asList(usage.description());
        String summary = description.getFirst().replaceAll("\\.$", "");
        StringBuilder page = new StringBuilder();
        page.append(".TH " + pageName(spec).toUpperCase(java.util.Locale.ROOT) + " 1 \"\" \"" + "Netyard "
                + escape(version) + "\"\n");
        page.append(".SH NAME\n" + escape(pageName(spec)) + " \\- " + escape(summary) + "\n");
        page.append(".SH SYNOPSIS\n.nf\n" + escape(synopsis(spec)) + "\n.fi\n");
        page.append(".SH DESCRIPTION\n" + escape(String.join("\n", description)) + "\n");
        section(page, "ARGUMENTS", spec.positionalParameters().stream().map(ManPages::entry));
        section(page, "OPTIONS", spec.options().stream().map(ManPages::entry));
        if (spec.parent() == null) {
            section(page, "COMMANDS", all.stream().skip(1).map(ManPages::command));
        }
        footer(page, usage);
        section(
                page,
                "EXIT STATUS",
                all.getFirst().usageMessage().exitCodeList().entrySet().stream()
                        .map(code -> entry(code.getKey(), code.getValue())));
        page.append(".SH SEE ALSO\n" + seeAlso(spec, all) + "\n");
        return page.toString();
    }

    private static String synopsis(CommandSpec spec) {
        return new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .synopsis(0)
                .strip();
    }

    private static String entry(PositionalParamSpec parameter) {
        return entry(parameter.paramLabel(), String.join(" ", parameter.description()));
    }

    private static String entry(OptionSpec option) {
        String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
        return entry(String.join(", ", option.names()) + value, String.join(" ", option.description()));
    }

    private static String command(CommandSpec spec) {
        return entry(spec.name(), spec.usageMessage().description()[0]);
    }

    private static String entry(String term, String text) {
        return ".TP\n.B " + escape(term) + "\n" + escape(text) + "\n";
    }

    private static void section(StringBuilder page, String heading, Stream<String> entries) {
        String body = entries.collect(Collectors.joining());
        if (!body.isEmpty()) {
            page.append(".SH " + heading + "\n" + body);
        }
    }

    private static void footer(StringBuilder page, UsageMessageSpec usage) {
        if (usage.footer().length > 0) {
            String heading =
                    usage.footerHeading().replace("%n", "").replace(":", "").toUpperCase(java.util.Locale.ROOT);
            page.append(".SH " + heading + "\n.nf\n" + escape(String.join("\n", usage.footer())) + "\n.fi\n");
        }
    }

    private static String seeAlso(CommandSpec spec, List<CommandSpec> all) {
        return all.stream()
                .filter(other -> other != spec && (spec.parent() == null || other.parent() == null))
                .map(other -> ".BR " + escape(pageName(other)) + " (1)")
                .collect(Collectors.joining("\n"));
    }

    /// A backslash starts a request of roff, and so does a point or a quote at the start of a line.
    private static String escape(String text) {
        return text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
