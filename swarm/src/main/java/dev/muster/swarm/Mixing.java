package dev.muster.swarm;

/**
 * Spreads hashes under a secret, so that nobody can choose info hashes or addresses that meet in
 * one bucket. Multiply and fold (128-bit products, as in wyhash); the secret never shows in
 * anything the tracker answers.
 */
final class Mixing {
  private static final long ODD_1 = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio
  private static final long ODD_2 = 0xd6e8feb86659fd93L;

  static long mix(long state, long word) {
    long x = state ^ word;
    long product = x * ODD_1;
    long high = Math.unsignedMultiplyHigh(x, ODD_1);
    long folded = product ^ high ^ state;
    folded *= ODD_2;
    return folded ^ folded >>> 32;
  }

  private Mixing() {}
}
