package dev.muster.checks.benchmark;

import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsConfig;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an announce costs in a swarm of this many peers: a refresh, answered with up to 50 peers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SwarmsBenchmark {
  private static final long MEMORY = 1L << 30;

  /** Peers in the swarm. */
  @Param({"1", "10", "1000", "100000"})
  public int peers;

  private final BenchmarkPeer peer = new BenchmarkPeer();
  private final CountingSink sink = new CountingSink();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Swarms swarms = Swarms.inMemory(SwarmsConfig.forCores(2, MEMORY, 1));

  /** Fills the swarm. */
  @Setup(Level.Trial)
  public void fill() {
    for (int i = 0; i < peers; i++) {
      peer.become(1, i);
      swarms.announce(peer, sink, 0);
    }
  }

  /** One announce of one of its peers. */
  @Benchmark
  public long announce() {
    peer.become(1, random.nextInt(peers));
    swarms.announce(peer, sink, 0);
    return sink.folded();
  }
}
