package dev.muster.checks.load;

import dev.muster.protocol.id.InfoHash;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Who announces what: the same sequence for the same seed. Not thread-safe. */
final class Workload {
  /** How steeply popularity falls; 1 is about what public trackers see. */
  private static final double EXPONENT = 1.0;

  private static final double SEEDERS = 0.3;

  private final SplittableRandom random;
  private final InfoHash[] hashes;
  private final double[] cumulative;

  Workload(int count, long seed) {
    random = new SplittableRandom(seed);
    hashes = new InfoHash[count];
    cumulative = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      hashes[i] = new InfoHash(random.nextLong(), random.nextLong(), random.nextInt());
      sum += 1 / Math.pow(i + 1, EXPONENT);
      cumulative[i] = sum;
    }
  }

  /** A swarm, by Zipf's law. */
  InfoHash hash() {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return hashes[Math.min(found < 0 ? -found - 1 : found, hashes.length - 1)];
  }

  /** A peer's port; with its address it says which peer this is. */
  int port() {
    return random.nextInt(1024, 65536);
  }

  /** Bytes the peer lacks. */
  long left() {
    return random.nextDouble() < SEEDERS ? 0 : 1_000_000;
  }
}
