package dev.muster.checks.memory;

import dev.muster.checks.benchmark.BenchmarkPeer;
import dev.muster.checks.benchmark.CountingSink;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsConfig;
import java.util.SplittableRandom;

/**
 * A process in which many peers are announced and expire, while two threads call steadily: one
 * announces a peer of a small swarm, one does nothing. Prints one line: how late the latest answer
 * of each was, in nanoseconds, and peers left.
 */
public final class PausedStore {
  private static final int CORES = 2;
  private static final int SWARMS_OF_THE_STEADY = 100;

  /** As the server's sweeper. */
  private static final int STEP = 256;

  private static final long LATER = 100_000; // seconds: everybody's time is over

  private final Swarms swarms =
      Swarms.inMemory(SwarmsConfig.forCores(CORES, Long.MAX_VALUE / 2, 1));

  /** Arguments: how many peers, in how many swarms. */
  public static void main(String[] arguments) {
    new PausedStore().run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
  }

  private void run(int peers, int swarmCount) {
    fill(peers / 20, swarmCount, 0); // warm up
    expire(LATER);
    BenchmarkPeer steady = new BenchmarkPeer();
    CountingSink told = new CountingSink();
    int[] turn = new int[1];
    SteadyCaller announcing =
        new SteadyCaller(() -> {
          steady.become(-1 - turn[0]++ % SWARMS_OF_THE_STEADY, 1);
          swarms.announce(steady, told, 2 * LATER);
        });
    SteadyCaller idle = new SteadyCaller(() -> {});
    Thread announcer = Thread.ofPlatform().start(announcing);
    Thread idler = Thread.ofPlatform().start(idle);
    fill(peers, swarmCount, 2 * LATER);
    expire(3 * LATER);
    System.out.printf(
        "%d %d %d%n", announcing.end(announcer), idle.end(idler), swarms.totals().members());
  }

  private void fill(int peers, int swarmCount, long now) {
    BenchmarkPeer peer = new BenchmarkPeer();
    CountingSink sink = new CountingSink();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < peers; i++) {
      peer.become(random.nextInt(swarmCount), i);
      swarms.announce(peer, sink, now);
    }
  }

  private void expire(long now) {
    for (double done = 0; done < 1; ) {
      done += swarms.sweep(STEP, now);
    }
  }

  private PausedStore() {}
}
