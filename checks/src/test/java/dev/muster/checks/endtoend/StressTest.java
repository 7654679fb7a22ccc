package dev.muster.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.checks.endtoend.UdpPeers.Announce;
import dev.muster.checks.endtoend.UdpPeers.Outcome;
import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many peers come, finish and go at both doors at once, in the same few swarms. Forbidden: a peer
 * lost, a peer doubled, a count that is off when all is quiet.
 */
class StressTest {
  private static final int COMPLETED = 1;
  private static final int STARTED = 2;
  private static final int STOPPED = 3;
  private static final int SWARMS = 8;
  private static final int PORTS = 40;
  private static final int UDP_SOURCES = 4;
  private static final int HTTP_SOURCES = 4;
  private static final long SEED = 20_261_122;

  private final List<InfoHash> hashes =
      IntStream.range(0, SWARMS)
          .mapToObj(i -> new InfoHash(i * 0x9e3779b97f4a7c15L, i, i))
          .toList();

  @Test
  void countsAreExactAfterBothDoorsWereBusyAtOnce() throws Exception {
    stress("short", 4_000);
  }

  @Tag("full")
  @Test
  void countsAreExactAfterBothDoorsWereBusyForLong() throws Exception {
    stress("long", 60_000);
  }

  private void stress(String name, int steps) throws Exception {
    try (Tracker tracker = Tracker.start(Home.of("stress-" + name));
        ExecutorService threads = Executors.newFixedThreadPool(UDP_SOURCES + HTTP_SOURCES)) {
      List<Callable<Collection<Announce>>> sources = new ArrayList<>();
      for (int i = 0; i < UDP_SOURCES + HTTP_SOURCES; i++) {
        String address = "127.0.0." + (10 + i);
        SplittableRandom random = new SplittableRandom(SEED + i);
        sources.add(
            i < UDP_SOURCES
                ? () -> byUdp(tracker, address, random, steps)
                : () -> byHttp(tracker, address, random, steps / 4));
      }
      List<Announce> members = new ArrayList<>();
      for (Future<Collection<Announce>> source : threads.invokeAll(sources)) {
        members.addAll(get(source));
      }
      for (InfoHash hash : hashes) {
        Scrape scrape = tracker.scrape(hash);
        assertThat(new Scrape(scrape.complete(), scrape.incomplete(), 0))
            .as("swarm %s, seed %d", hash, SEED)
            .isEqualTo(new Scrape(count(members, hash, true), count(members, hash, false), 0));
      }
      assertThat(tracker.stat("total")).isEqualTo(members.size());
    }
  }

  private static Collection<Announce> get(Future<Collection<Announce>> source)
      throws InterruptedException {
    try {
      return source.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a source failed, seed=" + SEED, e.getCause());
    }
  }

  private static int count(List<Announce> members, InfoHash hash, boolean seeders) {
    return (int)
        members.stream()
            .filter(member -> member.hash().equals(hash) && (member.left() == 0) == seeders)
            .count();
  }

  private Collection<Announce> byUdp(
      Tracker tracker, String address, SplittableRandom random, int steps) throws IOException {
    Map<String, Announce> members = new HashMap<>();
    try (UdpPeers peers = new UdpPeers(address, tracker.port(Introduction.UDP_IPV4))) {
      for (int done = 0; done < steps; ) {
        // Of one peer only one announce is on the way at a time: the order of two is nobody's
        // promise.
        Map<String, Announce> batch = new HashMap<>();
        for (int i = 0; i < SWARMS; i++) {
          Announce next = next(random);
          batch.putIfAbsent(key(next), next);
        }
        assertThat(peers.announce(List.copyOf(batch.values())))
            .isEqualTo(new Outcome(batch.size(), 0));
        batch.values().forEach(each -> file(each, members));
        done += batch.size();
      }
    }
    return members.values();
  }

  private Collection<Announce> byHttp(
      Tracker tracker, String address, SplittableRandom random, int steps) throws IOException {
    Map<String, Announce> members = new HashMap<>();
    try (HttpPeers peers = new HttpPeers(address, tracker.announceUrl(Introduction.HTTP_IPV4))) {
      for (int i = 0; i < steps; i++) {
        Announce next = next(random);
        assertThat(peers.announce(next)).contains("5:peers");
        file(next, members);
      }
    }
    return members.values();
  }

  private Announce next(SplittableRandom random) {
    InfoHash hash = hashes.get(random.nextInt(SWARMS));
    int port = random.nextInt(1, 1 + PORTS);
    return switch (random.nextInt(4)) {
      case 0 -> new Announce(hash, port, 0, STOPPED);
      case 1 -> new Announce(hash, port, 0, COMPLETED);
      case 2 -> new Announce(hash, port, 0, STARTED);
      default -> new Announce(hash, port, 7, STARTED);
    };
  }

  private static void file(Announce announce, Map<String, Announce> members) {
    if (announce.event() == STOPPED) {
      members.remove(key(announce));
    } else {
      members.put(key(announce), announce);
    }
  }

  private static String key(Announce announce) {
    return announce.hash() + ":" + announce.port();
  }
}
