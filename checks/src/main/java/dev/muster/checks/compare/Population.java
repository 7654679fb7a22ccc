package dev.muster.checks.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Peers, each in one swarm; swarms are chosen by Zipf's law. The generator makes an address, a port
 * and an info hash from the numbers.
 *
 * @param peers how many
 * @param swarms how many to choose from; the least popular may stay without a peer
 */
record Population(int peers, int swarms) {
  private static final long SEED = 1;

  /** Writes the swarm's number of each peer, 4 bytes in this machine's order. */
  void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Zipf zipf = new Zipf(swarms);
    ByteBuffer bytes = ByteBuffer.allocate(peers * Integer.BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < peers; i++) {
      bytes.putInt(zipf.draw(random));
    }
    Files.write(file, bytes.array());
  }
}
