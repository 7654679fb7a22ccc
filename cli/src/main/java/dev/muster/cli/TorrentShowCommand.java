package dev.muster.cli;

import dev.muster.protocol.metainfo.LinkException;
import dev.muster.protocol.metainfo.TorrentFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster torrent show}: tells what a torrent file says. */
@Command(
    name = "show",
    description =
        "Tell what a torrent file says: hashes, trackers by tier, files. Exit code 1 if it is none.",
    mixinStandardHelpOptions = true,
    versionProvider = Muster.Version.class)
final class TorrentShowCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;

  TorrentShowCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Parameters(paramLabel = "FILE", description = "A torrent file, version 1, 2 or both.")
  Path file = Path.of("");

  @Option(names = "--json", description = "As one JSON object.")
  boolean json;

  @Override
  public Integer call() {
    try {
      TorrentFile torrent = TorrentReading.of(file);
      if (json) {
        new LinkPrinter(out).json(torrent);
      } else {
        new LinkPrinter(out).show(torrent);
      }
      return Muster.DONE;
    } catch (LinkException | IOException e) {
      err.println("muster: " + file + ": " + e.getMessage());
      return Muster.FAILED;
    }
  }
}
