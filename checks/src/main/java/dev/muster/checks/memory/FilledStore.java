package dev.muster.checks.memory;

import dev.muster.checks.benchmark.BenchmarkPeer;
import dev.muster.checks.benchmark.CountingSink;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsConfig;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A process that fills swarms with peers and says what it holds of memory: before, with all code
 * warm and the tables empty, and after. Prints one line: resident bytes before and after, bytes of
 * the tables by the swarms' own count, nanoseconds an announce.
 */
public final class FilledStore {
  private static final int WARM_ANNOUNCES = 400_000;
  private static final int MOST_WARM_UPS = 20;
  private static final int GARBAGE_BYTES = 64 << 20;
  private static final int WARM_SWARMS = 200;
  private static final int CORES = 2;

  private final Swarms swarms =
      Swarms.inMemory(SwarmsConfig.forCores(CORES, Long.MAX_VALUE / 2, 1));
  private final BenchmarkPeer peer = new BenchmarkPeer();
  private final CountingSink sink = new CountingSink();
  private byte[] garbage = {};

  /** Arguments: how many peers, in how many swarms, and how they are spread: even or zipf. */
  public static void main(String[] arguments) throws IOException {
    new FilledStore()
        .run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
  }

  private void run(int peers, int swarmCount, String spread) throws IOException {
    settle();
    residentBytes(); // the first time loads what it takes to find out
    long before = residentBytes();
    long start = System.nanoTime();
    if (spread.equals("zipf")) {
      fillByZipf(peers, swarmCount);
    } else {
      fillAtRandom(peers, swarmCount);
    }
    long nanos = System.nanoTime() - start;
    long after = residentBytes();
    System.out.printf(
        "%d %d %d %d %d%n",
        before, after, swarms.totals().memoryBytes(), swarms.totals().members(), nanos / peers);
  }

  /**
   * Until the compiler has nothing left to do, and the young generation has been gone through, as
   * it is in any process that has run for a while.
   */
  private void settle() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    for (long spent = -1, i = 0;
        i < MOST_WARM_UPS && spent != compiler.getTotalCompilationTime();
        i++) {
      spent = compiler.getTotalCompilationTime();
      warmUp();
    }
    for (int made = 0; made < GARBAGE_BYTES; made += garbage.length) {
      garbage = new byte[1 << 10];
    }
  }

  /** Every path an announce takes, small swarms and large; then all peers leave. */
  private void warmUp() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < WARM_ANNOUNCES; i++) {
      int swarm = random.nextInt(WARM_SWARMS);
      peer.become(-1 - swarm, random.nextInt(swarm == 0 ? 2000 : 20));
      peer.leave(random.nextInt(4) == 0);
      swarms.announce(peer, sink, 0);
    }
    peer.leave(true);
    for (int swarm = 0; swarm < WARM_SWARMS; swarm++) {
      for (int i = 0; i < (swarm == 0 ? 2000 : 20); i++) {
        peer.become(-1 - swarm, i);
        swarms.announce(peer, sink, 0);
      }
    }
    peer.leave(false);
  }

  /** Peer after peer announces itself to a swarm drawn at random. */
  private void fillAtRandom(int peers, int swarmCount) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < peers; i++) {
      peer.become(random.nextInt(swarmCount), i);
      swarms.announce(peer, sink, 0);
    }
  }

  /** The same, but swarm n is chosen in proportion to 1 / n. */
  private void fillByZipf(int peers, int swarmCount) {
    SplittableRandom random = new SplittableRandom(1);
    double logarithm = Math.log(swarmCount);
    for (int i = 0; i < peers; i++) {
      peer.become((long) Math.exp(random.nextDouble() * logarithm), i);
      swarms.announce(peer, sink, 0);
    }
  }

  /** What is resident, without what the compiler has given back and the C library still holds. */
  private static long residentBytes() throws IOException {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              null,
              null);
    } catch (JMException e) {
      throw new IOException("this JVM cannot trim its native heap", e);
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }

  private FilledStore() {}
}
