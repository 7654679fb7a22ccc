package dev.muster.client;

import static dev.muster.client.World.ALICE;
import static dev.muster.client.World.BOB;
import static dev.muster.client.World.ONE;
import static dev.muster.client.World.THREE;
import static dev.muster.client.World.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.client.wire.AnnounceAsk;
import dev.muster.client.wire.ScrapeCounts;
import dev.muster.client.wire.TrackerAnswer;
import dev.muster.client.wire.TrackerTransport;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The whole client on real threads, over a transport that may hang. */
class ClosingTest {
  private static final Duration BOUND = Duration.ofMillis(300);

  /** Far more than a closing takes, far less than a hanging tracker does. */
  private static final Duration LONG = Duration.ofSeconds(5);

  /** {@code ONE} hangs for ever, the others answer at once. */
  private static final class HalfHung implements TrackerTransport {
    final Queue<AnnounceAsk> heard = new ConcurrentLinkedQueue<>();
    final AtomicInteger hanging = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @Override
    public TrackerAnswer announce(URI tracker, AnnounceAsk ask, Duration limit)
        throws InterruptedException {
      if (tracker.equals(ONE)) {
        most.accumulateAndGet(hanging.incrementAndGet(), Math::max);
        try {
          new CountDownLatch(1).await();
        } finally {
          hanging.decrementAndGet();
        }
      }
      heard.add(ask);
      return World.answer(ALICE, BOB);
    }

    @Override
    public Map<InfoHash, ScrapeCounts> scrape(URI tracker, List<InfoHash> swarms, Duration limit)
        throws InterruptedException {
      if (tracker.equals(ONE)) {
        new CountDownLatch(1).await();
      }
      return Map.of(Links.SWARM, new ScrapeCounts(tracker.equals(TWO) ? 1 : 2, 3, 4));
    }

    @Override
    public void close() {}
  }

  private final HalfHung transport = new HalfHung();
  private final TrackerClient.Builder builder =
      TrackerClient.builder().closeWithin(BOUND).exchangesAtOnce(8);

  @Test
  void closingTellsEveryTrackerAndWaitsForNoneThatHangs() throws InterruptedException {
    LinkedBlockingQueue<List<Peer>> found = new LinkedBlockingQueue<>();
    long start;
    try (TrackerClient client = builder.build(transport)) {
      client.join(Links.of(ONE, TWO, THREE), World.SELF, found::add);
      assertThat(found.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotEmpty();
      start = System.nanoTime();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    assertThat(transport.heard)
        .filteredOn(ask -> ask.event() == AnnounceEvent.STOPPED)
        .hasSize(2)
        .allSatisfy(ask -> assertThat(ask.numwant()).isZero());
  }

  @Test
  void aTrackerThatHangsHoldsUpNobodyElsesLinks() throws InterruptedException {
    LinkedBlockingQueue<List<Peer>> found = new LinkedBlockingQueue<>();
    try (TrackerClient client = builder.build(transport)) {
      for (int i = 0; i < 100; i++) {
        client.join(Links.of(ONE), World.SELF, found::add);
      }
      client.join(Links.of(TWO), World.SELF, found::add);

      assertThat(found.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotEmpty();
      assertThat(transport.most).hasValueLessThanOrEqualTo(2);
    }
  }

  @Test
  void aScrapeMergesWhatTrackersSayAndCanBeCancelled() throws InterruptedException {
    try (TrackerClient client = builder.build(transport)) {
      assertThat(client.scrape(List.of(Links.SWARM), List.of(TWO, THREE)))
          .containsExactly(
              Map.entry(Links.SWARM, new SwarmCounts(2, 3, 4, java.util.Set.of(TWO, THREE))));
      CountDownLatch interrupted = new CountDownLatch(1);
      Thread asker =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.scrape(List.of(Links.SWARM), List.of(ONE));
                } catch (InterruptedException expected) {
                  interrupted.countDown();
                }
              });
      asker.interrupt();
      assertThat(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aListenerThatNeverReturnsDelaysNobody() throws InterruptedException {
    LinkedBlockingQueue<List<Peer>> found = new LinkedBlockingQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    try (TrackerClient client = builder.build(transport)) {
      client.join(Links.of(TWO), World.SELF, peers -> await(never));
      client.join(Links.of(TWO), World.SELF, found::add);

      assertThat(found.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
