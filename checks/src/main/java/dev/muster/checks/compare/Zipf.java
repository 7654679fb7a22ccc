package dev.muster.checks.compare;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Ranks by Zipf's law: rank {@code r} comes {@code 1 / (r + 1)} times as often as rank 0. */
final class Zipf {
  private final double[] cumulative;

  /**
   * @param ranks how many, 1 and up
   */
  Zipf(int ranks) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
  }

  /** A rank from 0. */
  int draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
  }
}
