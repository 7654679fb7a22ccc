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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Batches of 64 announces to swarms of ten peers drawn at random out of a million, so large that
 * the touch pass does something: once with it before each batch, once without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ManySwarmsBenchmark {
  private static final long MEMORY = 1L << 30;
  private static final int SWARMS = 1_000_000;
  private static final int PEERS = 10;
  private static final int BATCH = 64;

  private final BenchmarkPeer peer = new BenchmarkPeer();
  private final CountingSink sink = new CountingSink();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Swarms swarms = Swarms.inMemory(SwarmsConfig.forCores(2, MEMORY, 1));

  /** Fills the swarms. */
  @Setup(Level.Trial)
  public void fill() {
    for (int swarm = 0; swarm < SWARMS; swarm++) {
      for (int i = 0; i < PEERS; i++) {
        peer.become(swarm, i);
        swarms.announce(peer, sink, 0);
      }
    }
  }

  /** Announce after announce. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long announce() {
    draw();
    return answer();
  }

  /** First touch all of the batch, then announce after announce. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long touchThenAnnounce() {
    draw();
    swarms.touch(peer);
    return answer();
  }

  private void draw() {
    for (int i = 0; i < BATCH; i++) {
      peer.batch(i, random.nextInt(SWARMS), random.nextInt(PEERS));
    }
  }

  private long answer() {
    for (int i = 0; i < BATCH; i++) {
      swarms.announce(peer.announce(i), sink, 0);
    }
    return sink.folded();
  }
}
