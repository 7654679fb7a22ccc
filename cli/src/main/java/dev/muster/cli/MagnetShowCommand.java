package dev.muster.cli;

import dev.muster.protocol.metainfo.LinkException;
import dev.muster.protocol.metainfo.MagnetLink;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster magnet show}: tells what a magnet link says. */
@Command(
    name = "show",
    description = "Tell what a magnet link says. Exit code 1 if it is none.",
    mixinStandardHelpOptions = true,
    versionProvider = Muster.Version.class)
final class MagnetShowCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;

  MagnetShowCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Parameters(paramLabel = "LINK", description = "A magnet link; quote it, it holds ampersands.")
  String link = "";

  @Option(names = "--json", description = "As one JSON object.")
  boolean json;

  @Override
  public Integer call() {
    try {
      MagnetLink read = MagnetLink.parse(link);
      if (json) {
        new LinkPrinter(out).json(read);
      } else {
        new LinkPrinter(out).show(read);
      }
      return Muster.DONE;
    } catch (LinkException e) {
      err.println("muster: " + e.getMessage());
      return Muster.FAILED;
    }
  }
}
