package dev.muster.cli;

import dev.muster.protocol.metainfo.LinkException;
import dev.muster.protocol.metainfo.MagnetLink;
import dev.muster.protocol.metainfo.TorrentFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster magnet}: the magnet link of a torrent file. */
@Command(
    name = "magnet",
    description =
        "Print the magnet link of a torrent file; or, with show, tell what a magnet link says.",
    mixinStandardHelpOptions = true,
    versionProvider = Muster.Version.class)
final class MagnetCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;

  MagnetCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "FILE.torrent", description = "The torrent file.")
  @Nullable Path file;

  @Override
  public Integer call() {
    if (file == null) {
      throw new ParameterException(spec.commandLine(), "which torrent file?");
    }
    try {
      TorrentFile torrent = TorrentReading.of(file);
      if (torrent.isPrivate()) {
        err.println("muster: the torrent is private, which no magnet link can say");
      }
      out.println(MagnetLink.of(torrent));
      return Muster.DONE;
    } catch (LinkException | IOException e) {
      err.println("muster: " + file + ": " + e.getMessage());
      return Muster.FAILED;
    }
  }
}
