package dev.muster.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: what stands after {@code muster}. */
@Command(
    name = "muster",
    description = "A peer-to-peer tracker: it introduces peers who share content.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Muster.Version.class)
public final class Muster {
  /** A command did what it was asked to. */
  static final int DONE = 0;

  /** A command failed. */
  static final int FAILED = 1;

  /** The arguments or the configuration are wrong. */
  static final int USAGE = 2;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
  }

  /** Runs a command; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    LogSetup.install();
    ServeCommand serve = new ServeCommand(out, err);
    if (PlainStart.take(serve, arguments)) {
      try {
        return serve.call();
      } catch (Exception e) {
        return bug(e, err);
      }
    }
    CommandLine line = new CommandLine(new Muster());
    line.addSubcommand(new ServeCommand(out, err));
    line.addSubcommand(new ConfigCommand(out, err));
    line.addSubcommand(
        new CommandLine(new TorrentCommand()).addSubcommand(new TorrentShowCommand(out, err)));
    line.addSubcommand(
        new CommandLine(new MagnetCommand(out, err))
            .addSubcommand(new MagnetShowCommand(out, err)));
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(Muster::explain);
    line.setExecutionExceptionHandler((e, command, _) -> bug(e, command.getErr()));
    return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  private static int bug(Exception e, PrintWriter err) {
    err.println("muster: this is a bug, please report it");
    e.printStackTrace(err);
    return FAILED;
  }

  /** This program's version, {@code development} when run from class files. */
  static String version() {
    return Optional.ofNullable(Muster.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static int explain(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    CommandSpec spec = command.getCommandSpec();
    String problem = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    List<String> nearest =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    command
        .getErr()
        .printf(
            "muster: %s; %stry `%s --help`%n",
            problem,
            nearest.isEmpty() ? "" : "did you mean " + String.join(" or ", nearest) + "? ",
            spec.qualifiedName());
    return USAGE;
  }

  /** Answers {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"muster " + version()};
    }
  }
}
