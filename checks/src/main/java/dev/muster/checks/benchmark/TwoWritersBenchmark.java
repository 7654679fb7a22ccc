package dev.muster.checks.benchmark;

import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsConfig;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One thread and two that announce to the same swarms, 100,000 of ten peers, while a third sweeps
 * them. Time runs fast enough for some peers to be forgotten between their announces. The figure is
 * the time of one thread's announce: it stays what it was if writers do not wait for each other, as
 * far as the machine has a core for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TwoWritersBenchmark {
  private static final long MEMORY = 1L << 30;
  private static final int SWARMS = 100_000;
  private static final int PEERS = 10;
  private static final int LIFETIME_SECONDS = 64;
  private static final int SESSION_LIFETIME_SECONDS = 360;

  /** The swarms' seconds in one of ours. */
  private static final int HASTE = 60;

  private static final long NANOS = 1_000_000_000;

  /** As the server's sweeper does it: a round in 90 s, in steps of 256 members. */
  private static final double ROUND_NANOS = 90.0 * NANOS / HASTE;

  private static final int STEP_MEMBERS = 256;
  private static final long TURN_NANOS = 5_000_000;

  private final Swarms swarms =
      Swarms.inMemory(new SwarmsConfig(128, LIFETIME_SECONDS, SESSION_LIFETIME_SECONDS, MEMORY, 1));
  private final Thread sweeper = new Thread(this::sweep);
  private final long start = System.nanoTime();
  private volatile boolean over;

  /** A thread that announces. */
  @State(Scope.Thread)
  public static class Writer {
    private final BenchmarkPeer peer = new BenchmarkPeer();
    private final CountingSink sink = new CountingSink();
    private final SplittableRandom random =
        new SplittableRandom(ThreadLocalRandom.current().nextLong());
  }

  /** Fills the swarms, and begins to forget. */
  @Setup(Level.Trial)
  public void begin() {
    Writer writer = new Writer();
    for (int i = 0; i < SWARMS * PEERS; i++) {
      announceOne(writer, i % SWARMS, i / SWARMS);
    }
    sweeper.start();
  }

  /** Says how many were forgotten. */
  @TearDown(Level.Trial)
  public void end() throws InterruptedException {
    over = true;
    sweeper.join();
    System.out.printf(
        "%,d peers were forgotten, %,d are there%n",
        swarms.totals().expired(), swarms.totals().members());
  }

  /** One thread announces. */
  @Benchmark
  @Threads(1)
  public long oneWriter(Writer writer) {
    return announce(writer);
  }

  /** Two do. */
  @Benchmark
  @Threads(2)
  public long twoWriters(Writer writer) {
    return announce(writer);
  }

  private long announce(Writer writer) {
    announceOne(writer, writer.random.nextInt(SWARMS), writer.random.nextInt(PEERS));
    return writer.sink.folded();
  }

  private void announceOne(Writer writer, int swarm, int peer) {
    writer.peer.become(swarm, peer);
    swarms.announce(writer.peer, writer.sink, seconds(System.nanoTime()));
  }

  private long seconds(long nanos) {
    return (nanos - start) / (NANOS / HASTE);
  }

  private void sweep() {
    double done = 0;
    long began = System.nanoTime();
    while (!over) {
      long now = System.nanoTime();
      while (done < (now - began) / ROUND_NANOS) {
        done += swarms.sweep(STEP_MEMBERS, seconds(now));
      }
      LockSupport.parkNanos(TURN_NANOS);
    }
  }
}
