package dev.muster.cli;

import dev.muster.server.config.Config;
import dev.muster.server.config.ConfigException;
import dev.muster.server.config.ConfigPrinter;
import dev.muster.server.config.ConfigReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster config}: prints the defaults, or checks a file. */
@Command(
    name = "config",
    description = "Print the whole default configuration with its comments, or check a file.",
    mixinStandardHelpOptions = true,
    versionProvider = Muster.Version.class)
final class ConfigCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;

  ConfigCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "Say what is wrong with FILE, by line; exit code 2 if anything is.")
  @Nullable Path check;

  @Override
  public Integer call() {
    if (check == null) {
      out.print(ConfigPrinter.print(Config.DEFAULT));
      out.flush();
      return Muster.DONE;
    }
    try {
      new ConfigReader().file(check).read();
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      return Muster.USAGE;
    }
    out.println(check + ": correct");
    return Muster.DONE;
  }
}
