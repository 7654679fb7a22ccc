package dev.muster.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.checks.endtoend.UdpPeers.Announce;
import dev.muster.checks.endtoend.UdpPeers.Outcome;
import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One source invents swarms without end, and the tracker has little memory. */
class FloodTest {
  private static final int STARTED = 2;
  private static final int STOPPED = 3;
  private static final int STEP = 10_000;
  private static final InfoHash OLD = hash(-1);
  private static final InfoHash NEW = hash(-2);

  @ParameterizedTest
  @ValueSource(strings = {"batched", "portable"})
  void manyDistinctHashesFromOneSource(String io) throws IOException {
    flood("many-" + io, io, 4, 200_000);
  }

  @Tag("full")
  @Test
  void millionsOfDistinctHashesFromOneSource() throws IOException {
    flood("millions", "auto", 32, 3_000_000);
  }

  private static void flood(String name, String io, int mebibytes, int hashes) throws IOException {
    try (Tracker tracker =
            Tracker.start(
                Home.of("flood-" + name),
                "--set",
                "udp.io=" + io,
                "--set",
                "swarms.memory=" + mebibytes + "MiB");
        UdpPeers attacker = new UdpPeers("127.0.0.1", tracker.port(Introduction.UDP_IPV4));
        UdpPeers other = new UdpPeers("127.0.0.9", tracker.port(Introduction.UDP_IPV4));
        HttpPeers attackerByHttp =
            new HttpPeers("127.0.0.1", tracker.announceUrl(Introduction.HTTP_IPV4))) {
      Announce old = new Announce(OLD, 1000, 0, STARTED);
      assertThat(other.announce(List.of(old))).isEqualTo(new Outcome(1, 0));

      Outcome first = announceAll(attacker, hashes, STARTED);

      assertThat(first.accepted()).as("swarms before the cap").isPositive();
      assertThat(first.refused()).as("swarms after it").isPositive();
      assertThat(first.accepted() + first.refused()).isEqualTo(hashes);
      assertThat(tracker.stat("memory_bytes")).isLessThanOrEqualTo(mebibytes * 1024L * 1024);
      awaitLive(tracker, first.accepted() + 1);
      assertThat(attackerByHttp.announce(new Announce(NEW, 1000, 0, STARTED)))
          .as("a refusal says when to come back")
          .contains("14:failure reason")
          .containsPattern("8:intervali\\d+e");
      assertThat(other.announce(List.of(old, new Announce(OLD, 1001, 5, STARTED))))
          .as("who was there is refreshed, and may be joined")
          .isEqualTo(new Outcome(2, 0));
      assertThat(tracker.scrape(OLD)).isEqualTo(new Scrape(1, 1, 0));

      assertThat(announceAll(attacker, hashes, STOPPED).refused()).isZero();

      awaitLive(tracker, 1);
      Await.until(
          Duration.ofSeconds(60),
          () -> tracker.stat("memory_bytes") < mebibytes * 1024L * 1024 / 2,
          () -> "memory is back, but memory_bytes=" + tracker.stat("memory_bytes"));
      assertThat(other.announce(List.of(new Announce(NEW, 1000, 0, STARTED))))
          .isEqualTo(new Outcome(1, 0));
      assertThat(tracker.scrape(OLD)).isEqualTo(new Scrape(1, 1, 0));
    }
  }

  /** What is told of the swarms may be a second old. */
  private static void awaitLive(Tracker tracker, long expected) {
    Await.until(
        Duration.ofSeconds(60),
        () -> tracker.stat("live") == expected,
        () -> expected + " live swarms, but live=" + tracker.stat("live"));
  }

  private static Outcome announceAll(UdpPeers peers, int hashes, int event) throws IOException {
    int accepted = 0;
    int refused = 0;
    for (int start = 0; start < hashes; start += STEP) {
      Outcome outcome =
          peers.announce(
              IntStream.range(start, Math.min(hashes, start + STEP))
                  .mapToObj(i -> new Announce(hash(i), 2000, 1, event))
                  .toList());
      accepted += outcome.accepted();
      refused += outcome.refused();
    }
    return new Outcome(accepted, refused);
  }

  private static InfoHash hash(int number) {
    return new InfoHash(number * 0x9e3779b97f4a7c15L, (number + 1) * 0xbf58476d1ce4e5b9L, number);
  }
}
