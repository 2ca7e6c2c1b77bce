package io.netyard.cli;

import io.netyard.cli.doctor.Examination;
import io.netyard.cli.doctor.Finding;
import io.netyard.cli.doctor.Soak;
import io.netyard.cli.doctor.SoakReport;
import io.netyard.cli.view.DoctorView;
import io.netyard.topology.apply.LabException;
import io.netyard.topology.apply.Labs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `netyard doctor`.
@Command(
        name = "doctor",
        description = {
            "Tell what this machine lets Netyard do, and what is wrong.",
            "With --soak, a lab made by chance is edited, broken, killed over and destroyed for a time, and after each"
                    + " turn everything is looked at: exits with 1 if something is not as it has to be."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Try Netyard out on this machine for a time, such as 10m. Other labs are left alone.")
    private Optional<Duration> soak = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Of the chance in --soak; the same makes the same labs.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        return soak.isPresent() ? soak(soak.get()) : examine();
    }

    private int examine() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = new Examination(ThisMachine.labs()).run();
        if (json) {
            DoctorView.writeJson(findings, out);
        } else {
            DoctorView.print(findings, out);
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.WRONG)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private int soak(Duration time) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Labs labs = ThisMachine.labs();
        String lab = "soak" + ProcessHandle.current().pid();
        long chance = seed.orElseGet(System::nanoTime);
        try (Interruption interruption = Interruption.watch()) {
            Path folder = Files.createTempDirectory("netyard-soak");
            SoakReport report = new Soak(labs, LabOrFile::topology, folder, lab, chance)
                    .run(time, interruption::isWanted, new Heartbeat(err, time));
            if (json) {
                DoctorView.writeJson(report, out);
            } else {
                DoctorView.print(report, out);
            }
            if (report.broken().isPresent()) {
                err.println("netyard: the lab " + lab + " stays for you to look at, and its file in " + folder
                        + "; netyard destroy " + lab + " removes it");
                return ExitCode.FAILED;
            }
            remove(folder);
            return interruption.isWanted() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        } catch (IOException failure) {
            throw new LabException("make a folder for the files of the soak", failure);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /// Says each minute how far it is.
    private static final class Heartbeat implements Runnable {
        private static final Duration BEAT = Duration.ofMinutes(1);

        private final PrintWriter err;
        private final Duration time;
        private final long start = System.nanoTime();
        private long beats;
        private int turns;

        Heartbeat(PrintWriter err, Duration time) {
            this.err = err;
            this.time = time;
        }

        @Override
        public void run() {
            turns++;
            long passed = System.nanoTime() - start;
            if (passed / BEAT.toNanos() > beats) {
                beats = passed / BEAT.toNanos();
                err.println("soak: " + beats + " of " + time.toMinutes() + " minutes, " + turns + " turns ...");
            }
        }
    }
}
