package io.netyard.cli;

import io.netyard.cli.view.TerminalWriter;
import io.netyard.linux.Errno;
import io.netyard.linux.LinuxException;
import io.netyard.netlink.NetlinkException;
import io.netyard.topology.apply.LabException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The `netyard` command.
@Command(
        name = "netyard",
        description = "Virtual networks from a YAML file: namespaces, switches, VLANs and VXLAN on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = {
            "  netyard apply examples/bridge.yaml",
            "  netyard exec bridge h1 -- ping -c1 10.0.0.2",
            "  netyard destroy bridge"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something failed, or a check did",
            "2:there are changes (plan --exit-code)",
            "64:wrong usage",
            "65:the topology file has errors",
            "69:this kernel lacks what the lab needs",
            "73:a name is taken by something that is not the lab's",
            "75:another run works on the lab",
            "77:no permission",
            "130:interrupted"
        })
public final class Main implements Runnable {
    /// All commands, in the order of the help text.
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--debug", description = "Print stack traces of errors.", scope = ScopeType.INHERIT)
    private boolean debug;

    private Main() {}

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("validate", ValidateCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("apply", ApplyCommand::new);
        commands.put("destroy", DestroyCommand::new);
        commands.put("confirm", ConfirmCommand::new);
        commands.put("restart", RestartCommand::new);
        commands.put("recover", RecoverCommand::new);
        commands.put("orphans", OrphansCommand::new);
        commands.put("list", ListCommand::new);
        commands.put("show", ShowCommand::new);
        commands.put("exec", ExecCommand::new);
        commands.put("shell", ShellCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("schema", SchemaCommand::new);
        commands.put("daemon", DaemonCommand::new);
        commands.put("guard", GuardCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    /// The command with all its subcommands, for what tells of them.
    static CommandLine allCommands() {
        CommandLine line = new CommandLine(new Main());
        COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line;
    }

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] arguments) {
        PrintWriter out = TerminalWriter.ofStandardOutput();
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Optional<String> objection = Installation.objection();
        objection.ifPresent(text -> err.println("netyard: " + text));
        int code = objection.isPresent() ? ExitCode.NO_PERMISSION : run(arguments, out, err);
        out.flush();
        Interruption.release(code);
        System.exit(code);
    }

    /// Runs the command.
    ///
    /// @return the exit code
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        if (arguments.length > 0 && arguments[0].equals("help")) {
            if (arguments.length > 1 && !COMMANDS.containsKey(arguments[1])) {
                return run(Arrays.copyOfRange(arguments, 1, 2), out, err);
            }
            String[] same = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
            same[same.length - 1] = "--help";
            return run(same, out, err);
        }
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            out.println(Version.text());
            return ExitCode.DONE;
        }
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        // Each command costs a look at its annotations, so that where the first word names one, that one is
        // enough.
        String first = arguments.length == 0 ? "" : arguments[0];
        COMMANDS.forEach((name, command) -> {
            if (name.equals(first) || !COMMANDS.containsKey(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        // What stands after the node belongs to the command that runs there, options and all.
        Optional.ofNullable(line.getSubcommands().get("exec")).ifPresent(exec -> exec.setStopAtPositional(true));
        return line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler((failure, _, _) -> main.explain(failure, err))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? netyard --help lists them.");
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("netyard: " + failure.getMessage());
        Optional<String> meant = arguments.length == 0 ? Optional.empty() : meant(arguments[0]);
        if (meant.isPresent()) {
            err.println("Did you mean: netyard " + meant.get() + "?");
        } else if (failure instanceof CommandLine.MissingParameterException) {
            err.println("Usage: " + line.getHelp().synopsis(0).strip());
        } else if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /// What other programs call the commands.
    private static Optional<String> meant(String word) {
        return switch (word) {
            case "create", "deploy", "start", "up" -> Optional.of("apply");
            case "delete", "down", "remove", "rm", "stop" -> Optional.of("destroy");
            case "diff" -> Optional.of("plan");
            case "info", "inspect", "status" -> Optional.of("show");
            case "ls", "ps" -> Optional.of("list");
            case "attach", "enter", "ssh" -> Optional.of("shell");
            case "test" -> Optional.of("check");
            default -> Optional.empty();
        };
    }

    private int explain(Exception failure, PrintWriter err) {
        if (debug) {
            failure.printStackTrace(err);
        }
        err.println("netyard: " + failure.getMessage());
        return code(failure);
    }

    /// The exit code that tells of a failure.
    static int code(Exception failure) {
        return switch (failure) {
            case LabException lab ->
                switch (lab.reason()) {
                    case UNSUPPORTED -> ExitCode.UNSUPPORTED;
                    case TAKEN -> ExitCode.TAKEN;
                    case LOCKED -> ExitCode.LOCKED;
                    case NO_PERMISSION -> ExitCode.NO_PERMISSION;
                    case INTERRUPTED -> ExitCode.INTERRUPTED;
                    case ABSENT, FAILED -> ExitCode.FAILED;
                };
            case LinuxException refused -> code(refused.errno());
            case NetlinkException refused -> code(refused.errno());
            default -> ExitCode.FAILED;
        };
    }

    private static int code(Errno errno) {
        return errno == Errno.EPERM || errno == Errno.EACCES ? ExitCode.NO_PERMISSION : ExitCode.FAILED;
    }
}
