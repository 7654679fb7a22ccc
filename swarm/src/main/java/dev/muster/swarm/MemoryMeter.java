package dev.muster.swarm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one stripe's tables take beside their pages, which {@link Pages} counts. Written under the
 * stripe's lock; passed on to the total of all stripes in lumps, so that the shared counter is
 * touched seldom.
 */
final class MemoryMeter {
  /** Bytes of a Java array's own header; 12 or 16 by JVM, the larger one counted. */
  private static final int ARRAY_HEADER_BYTES = 16;

  private static final long LUMP_BYTES = 4096;

  private final AtomicLong total;
  private long pending;

  MemoryMeter(AtomicLong total) {
    this.total = total;
  }

  /** So many bytes more, or fewer. */
  void grew(long bytes) {
    pending += bytes;
    if (Math.abs(pending) >= LUMP_BYTES) {
      total.addAndGet(pending);
      pending = 0;
    }
  }

  /** An array of longs came to be. */
  void grewArray(int longs) {
    grew(bytes(longs));
  }

  /** An array of longs was let go. */
  void shrankArray(int longs) {
    grew(-bytes(longs));
  }

  private static long bytes(int longs) {
    return ARRAY_HEADER_BYTES + 8L * longs;
  }
}
