package dev.muster.swarm;

/** Info hashes of announces that are about to be made. Not thread-safe. */
public interface HashBatch {
  /** How many, 0 and up. */
  int size();

  /** Bytes 0 to 7 of hash {@code index}, big-endian. */
  long hashHigh(int index);

  /** Bytes 8 to 15 of hash {@code index}, big-endian. */
  long hashMiddle(int index);

  /** Bytes 16 to 19 of hash {@code index}, big-endian. */
  int hashLow(int index);
}
