package dev.muster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.MemberKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random announces against a plain model, checked after every one. The seed is in the test's name.
 */
class SwarmsModelTest {
  private static final int OPERATIONS = 350_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 13})
  void randomAnnouncesAgreeWithThePlainModel(long seed) {
    run(seed, OPERATIONS);
  }

  @Tag("full")
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 14, 15})
  void manyMoreRandomAnnouncesAgreeWithThePlainModel(long seed) {
    run(seed, 1_000_000);
  }

  private static void run(long seed, int operations) {
    SplittableRandom random = new SplittableRandom(seed);
    Swarms swarms = Swarms.inMemory(new SwarmsConfig(4, 3600, 360, 1L << 30, seed));
    Model model = new Model();
    long now = random.nextInt(1 << 20);
    for (int operation = 0; operation < operations; operation++) {
      String at = "seed " + seed + ", operation " + operation;
      if (random.nextInt(3000) == 0) {
        now += random.nextInt(1500);
        SwarmsContract.sweepWholeRounds(swarms, now);
        model.expire(now);
        model.checkTotals(swarms, at);
      }
      TestPeer peer = peer(random, operation);
      TestSink sink = sink(random);
      assertThat(swarms.announce(peer, sink, now)).as(at).isEqualTo(Verdict.ACCEPTED);
      model.announce(peer, sink, now, at);
    }
    model.checkTotals(swarms, "seed " + seed + ", the end");
  }

  /**
   * Most announces go to a few swarms, and the crowd in each swells and ebbs so that groups change
   * form both ways.
   */
  private static TestPeer peer(SplittableRandom random, int operation) {
    int swarm = (int) (40 * Math.pow(random.nextDouble(), 3));
    boolean ebb = operation / 30_000 % 2 == 1;
    int crowd = swarm < 3 ? 3000 : swarm < 10 ? 150 : 12;
    int place = random.nextInt(crowd);
    int port = 1000 + place % 7;
    TestPeer peer =
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> TestPeer.ipv4(TestPeer.hash(swarm), place, port);
          case 3, 4 -> TestPeer.ipv6(TestPeer.hash(swarm), place, port);
          default -> TestPeer.session(TestPeer.hash(swarm), 1 + place / 3, place);
        };
    if (peer.kind() == MemberKind.IPV4 && place % 5 == 0) {
      peer = peer.at(0x0a000000L + place);
    }
    if (swarm % 2 == 0 && random.nextInt(ebb ? 40 : 4) == 0) { // half of the swarms have none
      peer = peer.telling(random.nextInt(3) == 0 ? 0 : random.nextInt(1 << 16));
    }
    peer = peer.withLeft(random.nextInt(3) == 0 ? 0 : random.nextInt(3) - 1);
    if (random.nextInt(100) < (ebb ? 70 : 20)) {
      return peer.stopped();
    }
    return peer.saying(
        AnnounceEvent.ofNumber(random.nextInt(20)) == AnnounceEvent.STOPPED
            ? AnnounceEvent.NONE
            : AnnounceEvent.ofNumber(random.nextInt(3) == 0 ? 4 : random.nextInt(3)));
  }

  private static TestSink sink(SplittableRandom random) {
    TestSink sink =
        TestSink.wanting(random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(20));
    sink.takesIpv4 = random.nextInt(5) != 0;
    sink.takesIpv6 = random.nextInt(5) != 0;
    sink.takesPrivate = random.nextInt(3) == 0;
    sink.wantsContacts = random.nextInt(3) == 0;
    sink.wantedSessions = random.nextInt(3) == 0 ? random.nextInt(30) : 0;
    return sink;
  }

  /** The plainest store there could be. */
  private static final class Model {
    private record Entry(TestPeer peer, boolean seed, boolean partial, long tick, int metadata) {
      TestSink.Contact contact(long now) {
        return new TestSink.Contact((int) (now - (tick << 5)), metadata);
      }
    }

    private static final class Swarm {
      final Map<String, Entry> members = new HashMap<>();
      final int[] counts = new int[6];
      int partials;
      int downloaded;

      void put(String endpoint, Entry entry) {
        remove(endpoint);
        members.put(endpoint, entry);
        count(entry, 1);
      }

      Entry member(String endpoint) {
        return Objects.requireNonNull(members.get(endpoint), endpoint);
      }

      void remove(String endpoint) {
        Entry old = members.remove(endpoint);
        if (old != null) {
          count(old, -1);
        }
      }

      void count(Entry entry, int by) {
        counts[2 * entry.peer.kind().ordinal() + (entry.seed ? 1 : 0)] += by;
        partials += entry.partial ? by : 0;
      }

      int seeders() {
        return counts[1] + counts[3] + counts[5];
      }

      int leechers() {
        return counts[0] + counts[2] + counts[4];
      }
    }

    private final Map<Object, Swarm> swarms = new HashMap<>();
    private final SplittableRandom checked = new SplittableRandom(5);

    void announce(TestPeer peer, TestSink sink, long now, String at) {
      Swarm swarm = swarms.computeIfAbsent(peer.infoHash(), h -> new Swarm());
      String endpoint = peer.endpoint();
      Entry before = swarm.members.get(endpoint);
      boolean seed =
          peer.left() == 0 || peer.left() == -1 && peer.event() == AnnounceEvent.COMPLETED;
      boolean paused = peer.event() == AnnounceEvent.PAUSED;
      int known = before == null ? 0 : before.metadata;
      int metadata = peer.metadata() < 0 ? known : peer.metadata();
      if (peer.event() == AnnounceEvent.STOPPED) {
        swarm.remove(endpoint);
      } else {
        swarm.put(endpoint, new Entry(peer, seed, paused && !seed, now >> 5, metadata));
        if (peer.event() == AnnounceEvent.COMPLETED && seed && (before == null || !before.seed)) {
          swarm.downloaded++;
        }
      }
      assertThat(sink.seeders).as(at).isEqualTo(swarm.seeders());
      assertThat(sink.leechers).as(at).isEqualTo(swarm.leechers());
      assertThat(sink.downloaded).as(at).isEqualTo(swarm.downloaded);
      if (peer.event() == AnnounceEvent.STOPPED) {
        assertThat(sink.told).as(at).isEmpty();
      } else if (swarm.members.size() < 100 || checked.nextInt(20) == 0) {
        checkTold(peer, sink, swarm, !seed && !paused, at);
        sink.contacts.forEach((told, contact) ->
            assertThat(contact).as(at).isEqualTo(swarm.member(told).contact(now)));
      }
      if (swarm.members.isEmpty() && swarm.downloaded == 0) {
        swarms.remove(peer.infoHash());
      }
    }

    private static void checkTold(
        TestPeer peer, TestSink sink, Swarm swarm, boolean wantsData, String at) {
      Set<String> addresses = new HashSet<>();
      Set<String> sessions = new HashSet<>();
      for (Map.Entry<String, Entry> member : swarm.members.entrySet()) {
        Entry entry = member.getValue();
        if (member.getKey().equals(peer.endpoint())
            || entry.seed && !wantsData
            || Member.isPrivate(entry.peer) && !sink.takesPrivate) {
          continue;
        }
        switch (entry.peer.kind()) {
          case IPV4 -> addIf(sink.takesIpv4, addresses, member.getKey());
          case IPV6 -> addIf(sink.takesIpv6, addresses, member.getKey());
          case SESSION -> sessions.add(member.getKey());
        }
      }
      List<String> toldAddresses = new ArrayList<>(sink.told);
      toldAddresses.removeIf(e -> e.startsWith("s:"));
      List<String> toldSessions = new ArrayList<>(sink.told);
      toldSessions.removeAll(toldAddresses);
      checkSample(toldAddresses, addresses, sink.wanted, at);
      checkSample(toldSessions, sessions, sink.wantedSessions, at);
    }

    private static void addIf(boolean taken, Set<String> set, String endpoint) {
      if (taken) {
        set.add(endpoint);
      }
    }

    private static void checkSample(List<String> told, Set<String> givable, int wanted, String at) {
      assertThat(new HashSet<>(told)).as("no one twice, " + at).hasSize(told.size());
      assertThat(givable.containsAll(told)).as("only who may be given, " + at).isTrue();
      assertThat(told).as("as many as wanted, " + at).hasSize(Math.min(wanted, givable.size()));
    }

    void expire(long now) {
      for (Swarm swarm : swarms.values()) {
        List<String> old = new ArrayList<>();
        swarm.members.forEach((endpoint, entry) -> {
          int life = entry.peer.kind() == MemberKind.SESSION ? 12 : 113; // ticks: 360 s, 3600 s
          if ((now >> 5) - entry.tick > life) {
            old.add(endpoint);
          }
        });
        old.forEach(swarm::remove);
      }
      // Completions live for a day after the last member left; the runs here are watched for less
      // at a time.
      swarms.values().removeIf(swarm -> swarm.members.isEmpty() && swarm.downloaded == 0);
    }

    void checkTotals(Swarms store, String at) {
      long[] counts = new long[6];
      long withMembers = 0;
      for (Map.Entry<Object, Swarm> e : swarms.entrySet()) {
        Swarm swarm = e.getValue();
        withMembers += swarm.members.isEmpty() ? 0 : 1;
        for (int i = 0; i < 6; i++) {
          counts[i] += swarm.counts[i];
        }
        var hash = (dev.muster.protocol.id.InfoHash) e.getKey();
        assertThat(store.counts(hash.high(), hash.middle(), hash.low()))
            .as(at)
            .isEqualTo(
                new SwarmCounts(
                    swarm.seeders(), swarm.leechers(), swarm.partials, swarm.downloaded));
      }
      SwarmsTotals totals = store.totals();
      assertThat(totals.swarms()).as(at).isEqualTo(withMembers);
      assertThat(totals.countsOnly()).as(at).isEqualTo(swarms.size() - withMembers);
      assertThat(
              new long[] {
                totals.ipv4Leechers(), totals.ipv4Seeders(), totals.ipv6Leechers(),
                totals.ipv6Seeders(), totals.sessionLeechers(), totals.sessionSeeders()
              })
          .as(at)
          .isEqualTo(counts);
    }
  }
}
