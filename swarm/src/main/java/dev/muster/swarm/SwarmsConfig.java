package dev.muster.swarm;

/**
 * How the swarms are kept.
 *
 * @param stripes independent parts, each under a lock of its own; a power of two, 1 to 65536, at
 *     least 64 a core
 * @param lifetimeSeconds how long a peer stays after its last announce, 64 to 7168; rounded up to
 *     ticks of 32 s
 * @param sessionLifetimeSeconds the same for session members, 32 to 7168: three of their announce
 *     intervals
 * @param memoryBytes the most memory the tables may take, 1 MiB and up; a twentieth of it is kept
 *     for new peers of old swarms
 * @param seed drives sampling and the placing of hashes; must not be known to outsiders
 */
public record SwarmsConfig(
    int stripes, int lifetimeSeconds, int sessionLifetimeSeconds, long memoryBytes, long seed) {

  public SwarmsConfig {
    require(
        stripes >= 1 && stripes <= 65536 && Integer.bitCount(stripes) == 1,
        "stripes must be a power of two, 1 to 65536",
        stripes);
    require(
        lifetimeSeconds >= 64 && lifetimeSeconds <= 7168,
        "lifetime must be 64 to 7168 s",
        lifetimeSeconds);
    require(
        sessionLifetimeSeconds >= 32 && sessionLifetimeSeconds <= 7168,
        "session lifetime must be 32 to 7168 s",
        sessionLifetimeSeconds);
    require(memoryBytes >= 1 << 20, "memory must be at least 1 MiB", memoryBytes);
  }

  /** What suits a machine with this many cores; all else by default. */
  public static SwarmsConfig forCores(int cores, long memoryBytes, long seed) {
    int stripes = Integer.highestOneBit(Math.clamp(128L * cores - 1, 64, 65536));
    return new SwarmsConfig(stripes, 3600, 360, memoryBytes, seed);
  }

  private static void require(boolean holds, String message, long value) {
    if (!holds) {
      throw new IllegalArgumentException(message + ", value=" + value);
    }
  }
}
