package dev.muster.cli;

import dev.muster.protocol.metainfo.LinkException;
import dev.muster.protocol.metainfo.TorrentFile;
import dev.muster.protocol.metainfo.TorrentLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads torrent files from the file system. */
final class TorrentReading {
  /**
   * The torrent in this file.
   *
   * @throws IOException if it cannot be read, with a message for people
   * @throws LinkException if it is no torrent
   */
  static TorrentFile of(Path file) throws IOException, LinkException {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than may be, so that the parser can say it is too long.
      return TorrentFile.parse(in.readNBytes(TorrentLimits.DEFAULT.bytes() + 1));
    } catch (NoSuchFileException e) {
      throw new IOException("no such file", e);
    }
  }

  private TorrentReading() {}
}
