package dev.muster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.id.InfoHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Several threads join and leave the same swarms, while one sweeps and one touches: nobody may be
 * lost or doubled.
 */
class SwarmsStressTest {
  private static final int THREADS = 4;
  private static final int SWARMS = 30;
  private static final int PEERS_PER_THREAD = 700;

  @Test
  void noPeerIsLostOrDoubledUnderSeveralThreads() throws Exception {
    run(1, 150_000);
  }

  @Tag("full")
  @RepeatedTest(10)
  void noPeerIsLostOrDoubledHoweverOftenItIsTried(RepetitionInfo repetition) throws Exception {
    run(100 + repetition.getCurrentRepetition(), 200_000);
  }

  private static void run(long seed, int operations) throws Exception {
    Swarms swarms = new PackedSwarms(new SwarmsConfig(8, 3600, 360, 1L << 30, seed), 0);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2)) {
      List<Future<Set<String>>> workers = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        workers.add(threads.submit(() -> joinAndLeave(swarms, seed, thread, operations)));
      }
      Future<?> sweeper = threads.submit(sweepUntil(swarms, over));
      Future<?> toucher = threads.submit(touchUntil(swarms, over));
      Set<String> expected = new HashSet<>();
      for (Future<Set<String>> worker : workers) {
        expected.addAll(worker.get());
      }
      over.set(true);
      sweeper.get();
      toucher.get();

      Set<String> found = new HashSet<>();
      int told = 0;
      for (int s = 0; s < SWARMS; s++) {
        TestSink sink = TestSink.wanting(1_000_000);
        swarms.announce(TestPeer.ipv4(hash(s), 0x00ffffff, 9), sink, 0);
        assertThat(sink.leechers).isEqualTo(sink.told.size() + 1);
        told += sink.told.size();
        for (String endpoint : sink.told) {
          found.add(s + "/" + endpoint);
        }
      }
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
      assertThat(told).as("nobody told twice").isEqualTo(expected.size());
      assertThat(swarms.totals().members()).isEqualTo(expected.size() + SWARMS);
    }
  }

  private static InfoHash hash(int swarm) {
    return TestPeer.hash(swarm);
  }

  /** Each thread has peers of its own, in swarms that all share; returns who is in at the end. */
  private static Set<String> joinAndLeave(Swarms swarms, long seed, int thread, int operations) {
    SplittableRandom random = new SplittableRandom(seed * 31 + thread);
    Set<String> in = new HashSet<>();
    for (int i = 0; i < operations; i++) {
      int swarm = (int) (SWARMS * random.nextDouble() * random.nextDouble());
      int place = random.nextInt(swarm == 0 ? PEERS_PER_THREAD : 40) * THREADS + thread;
      TestPeer peer =
          random.nextBoolean()
              ? TestPeer.ipv4(hash(swarm), place, 1000)
              : TestPeer.ipv6(hash(swarm), place, 1000);
      String name = swarm + "/" + peer.endpoint();
      TestSink sink = TestSink.wanting(random.nextInt(60));
      if (random.nextInt(5) < 2) {
        swarms.announce(peer.stopped(), sink, 0);
        in.remove(name);
      } else {
        swarms.announce(peer, sink, 0);
        in.add(name);
      }
      if (new HashSet<>(sink.told).size() != sink.told.size()) {
        throw new AssertionError("told twice: " + sink.told);
      }
    }
    return in;
  }

  private static Callable<Void> sweepUntil(Swarms swarms, AtomicBoolean over) {
    return () -> {
      while (!over.get()) {
        swarms.sweep(200, 0);
      }
      return null;
    };
  }

  private static Callable<Void> touchUntil(Swarms swarms, AtomicBoolean over) {
    AnnounceBatch batch =
        new AnnounceBatch() {
          @Override
          public int size() {
            return 2 * SWARMS;
          }

          @Override
          public Announce announce(int index) {
            return TestPeer.ipv4(hash(index), index, 1000);
          }
        };
    return () -> {
      while (!over.get()) {
        swarms.touch(batch);
      }
      return null;
    };
  }
}
