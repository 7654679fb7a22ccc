package dev.muster.client;

import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A cache that outlives the process: a line a peer, of info hash, endpoint and epoch seconds. */
final class FileCache extends MemoryCache {
  private static final System.Logger LOG = System.getLogger(FileCache.class.getName());

  /** What a full cache takes, twice over; a larger file is none of ours. */
  private static final long MOST_BYTES = 4L * SWARMS * PEERS * 100;

  private final Path file;

  FileCache(Path file) {
    this.file = file;
    try {
      if (Files.size(file) <= MOST_BYTES) {
        read();
      } else {
        LOG.log(Level.WARNING, "peer cache {0} is larger than one can be; left alone", file);
      }
    } catch (NoSuchFileException first) {
      LOG.log(Level.DEBUG, "no peer cache yet at {0}", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(Level.WARNING, "peer cache " + file + " cannot be read: " + e);
    }
  }

  private void read() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 3) {
          InfoHash swarm = InfoHash.ofHex(words[0]);
          // A clock that was wrong then must not make a peer fresh for ever.
          Instant when = Instant.ofEpochSecond(Math.clamp(Long.parseLong(words[2]), 0, 1L << 40));
          Endpoint.parse(words[1]).ifPresent(peer -> reached(swarm, new Reached(peer, when)));
        }
      }
    }
  }

  @Override
  public void save() {
    List<String> lines = new ArrayList<>();
    each((swarm, peer) ->
        lines.add(swarm + " " + peer.endpoint() + " " + peer.when().getEpochSecond()));
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, lines, StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "peer cache " + file + " cannot be written: " + e);
    }
  }
}
