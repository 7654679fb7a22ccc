package dev.muster.swarm;

import static dev.muster.swarm.TestPeer.hash;
import static dev.muster.swarm.TestPeer.ipv4;
import static dev.muster.swarm.TestPeer.ipv6;
import static dev.muster.swarm.TestPeer.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Swarms} promises. Extend it, and make one. */
abstract class SwarmsContract {
  private static final long DAY = 24 * 3600;
  private static final InfoHash HASH = hash(42);

  /** Lifetimes of the stores under test, in seconds. */
  static final int LIFETIME = 3600;

  static final int SESSION_LIFETIME = 360;

  private Swarms swarms;
  private long now = 1_000_000;

  /** An empty store with {@link #LIFETIME}, {@link #SESSION_LIFETIME} and so much memory. */
  abstract Swarms create(long memoryBytes);

  @BeforeEach
  void aStore() {
    swarms = create(256 << 20);
  }

  private TestSink announce(TestPeer peer) {
    return announce(peer, new TestSink());
  }

  private TestSink announce(TestPeer peer, TestSink sink) {
    assertThat(swarms.announce(peer, sink, now)).isEqualTo(Verdict.ACCEPTED);
    return sink;
  }

  private void sweepWholeRounds() {
    sweepWholeRounds(swarms, now);
  }

  /** Two rounds: the first may have been begun before. */
  static void sweepWholeRounds(Swarms swarms, long now) {
    double done = 0;
    while (done < 2.001) {
      done += swarms.sweep(100_000, now);
    }
  }

  private SwarmCounts counts(InfoHash hash) {
    return swarms.counts(hash.high(), hash.middle(), hash.low());
  }

  // -- membership

  @Test
  void twoPeersFindEachOther() {
    TestPeer first = ipv4(HASH, 1, 1001);
    TestPeer second = ipv4(HASH, 2, 1002);
    assertThat(announce(first).told).isEmpty();
    assertThat(announce(second).told).containsExactly(first.endpoint());
    assertThat(announce(first).told).containsExactly(second.endpoint());
  }

  @Test
  void aPeerIsNeverGivenItself() {
    for (int i = 1; i <= 300; i++) { // from the smallest form to the largest
      TestPeer peer = ipv4(HASH, i, 1000);
      TestSink sink = announce(peer, TestSink.wanting(1000));
      assertThat(sink.told).hasSize(i - 1).doesNotContain(peer.endpoint()).doesNotHaveDuplicates();
    }
  }

  @Test
  void swarmsAreApart() {
    announce(ipv4(hash(1), 1, 1000));
    assertThat(announce(ipv4(hash(2), 2, 1000)).told).isEmpty();
  }

  @Test
  void hashesThatDifferInOneBitAreDifferentSwarms() {
    announce(ipv4(HASH, 1, 1000));
    for (int bit = 0; bit < 160; bit++) {
      InfoHash other =
          bit < 64
              ? new InfoHash(HASH.high() ^ 1L << bit, HASH.middle(), HASH.low())
              : bit < 128
                  ? new InfoHash(HASH.high(), HASH.middle() ^ 1L << bit - 64, HASH.low())
                  : new InfoHash(HASH.high(), HASH.middle(), HASH.low() ^ 1 << bit - 128);
      assertThat(announce(ipv4(other, 2, 1000)).told).isEmpty();
    }
  }

  @Test
  void aPeerThatAnnouncesAgainIsCountedOnce() {
    announce(ipv4(HASH, 1, 1000));
    TestSink sink = announce(ipv4(HASH, 1, 1000));
    assertThat(sink.leechers).isEqualTo(1);
    assertThat(sink.seeders).isZero();
  }

  @Test
  void theKeyIsAddressAndPortWhateverThePeerIdSays() {
    announce(ipv4(HASH, 1, 1000).asClient(7, 7));
    announce(ipv4(HASH, 1, 1000).asClient(8, 8));
    announce(ipv4(HASH, 1, 1001).asClient(7, 7));
    assertThat(counts(HASH).leechers()).isEqualTo(2);
  }

  @Test
  void aStoppedPeerIsNotReturned() {
    TestPeer peer = ipv4(HASH, 1, 1000);
    announce(peer);
    TestSink goodbye = announce(peer.stopped());
    assertThat(goodbye.leechers).isZero();
    assertThat(announce(ipv4(HASH, 2, 1000)).told).isEmpty();
  }

  @Test
  void aStoppedPeerIsToldCountsButNoPeers() {
    announce(ipv4(HASH, 1, 1000));
    announce(ipv4(HASH, 2, 1000));
    TestSink goodbye = announce(ipv4(HASH, 2, 1000).stopped());
    assertThat(goodbye.told).isEmpty();
    assertThat(goodbye.leechers).isEqualTo(1);
  }

  @Test
  void stoppingWithoutHavingBegunMakesNoSwarm() {
    TestSink goodbye = announce(ipv4(HASH, 1, 1000).stopped());
    assertThat(goodbye.leechers + goodbye.seeders + goodbye.downloaded).isZero();
    assertThat(swarms.totals().swarms() + swarms.totals().countsOnly()).isZero();
  }

  @Test
  void aSwarmWithoutPeersAndCompletionsLeavesAtOnce() {
    announce(ipv4(HASH, 1, 1000));
    announce(ipv4(HASH, 1, 1000).stopped());
    assertThat(swarms.totals().swarms()).isZero();
    assertThat(swarms.totals().countsOnly()).isZero();
    assertThat(swarms.totals().members()).isZero();
  }

  // -- events and what counts as what

  @Test
  void leftTellsSeedersFromLeechers() {
    announce(ipv4(HASH, 1, 1000).seeding());
    announce(ipv4(HASH, 2, 1000));
    announce(ipv4(HASH, 3, 1000).withLeft(Announce.UNKNOWN_LEFT));
    announce(ipv4(HASH, 4, 1000).withLeft(Long.MAX_VALUE));
    assertThat(counts(HASH)).isEqualTo(new SwarmCounts(1, 3, 0, 0));
  }

  @Test
  void aPausedPeerJoinsAndIsAPartialSeed() {
    TestPeer peer = ipv4(HASH, 1, 1000).saying(AnnounceEvent.PAUSED);
    announce(peer);
    assertThat(counts(HASH)).isEqualTo(new SwarmCounts(0, 1, 1, 0));
    assertThat(announce(ipv4(HASH, 2, 1000)).told).containsExactly(peer.endpoint());
    announce(peer.saying(AnnounceEvent.NONE));
    assertThat(counts(HASH)).isEqualTo(new SwarmCounts(0, 2, 0, 0));
  }

  @Test
  void aPausedPeerThatLacksNothingIsASeedAndNoPartialOne() {
    announce(ipv4(HASH, 1, 1000).seeding().saying(AnnounceEvent.PAUSED));
    assertThat(counts(HASH)).isEqualTo(new SwarmCounts(1, 0, 0, 0));
  }

  @Test
  void aLargeSwarmThatExpiresWholeIsGone() {
    for (int i = 0; i < 400; i++) {
      announce(ipv6(HASH, i, 1000), TestSink.wanting(0));
      announce(session(HASH, i + 1, i), TestSink.wanting(0));
    }
    now += LIFETIME + 64;
    sweepWholeRounds();
    assertThat(swarms.totals().swarms()).isZero();
    assertThat(swarms.totals().members()).isZero();
    assertThat(swarms.totals().countsOnly()).isZero();
  }

  @Test
  void aPartialSeedIsNotGivenSeeds() {
    announce(ipv4(HASH, 1, 1000).seeding());
    TestPeer leecher = ipv4(HASH, 2, 1000);
    announce(leecher);
    assertThat(announce(ipv4(HASH, 3, 1000).saying(AnnounceEvent.PAUSED)).told)
        .containsExactly(leecher.endpoint());
  }

  @Test
  void seedsAreNotGivenToSeeds() {
    TestPeer leecher = ipv4(HASH, 1, 1000);
    announce(leecher);
    announce(ipv4(HASH, 2, 1000).seeding());
    assertThat(announce(ipv4(HASH, 3, 1000).seeding()).told).containsExactly(leecher.endpoint());
    assertThat(announce(leecher).told).hasSize(2);
  }

  @Test
  void completedIsCountedOnceHoweverOftenItIsSaid() {
    TestPeer peer = ipv4(HASH, 1, 1000);
    announce(peer);
    assertThat(announce(peer.completed()).downloaded).isEqualTo(1);
    assertThat(announce(peer.completed()).downloaded).isEqualTo(1);
    assertThat(counts(HASH)).isEqualTo(new SwarmCounts(1, 0, 0, 1));
  }

  @Test
  void completedOfAPeerThatStillLacksSomethingIsNotCounted() {
    assertThat(announce(ipv4(HASH, 1, 1000).saying(AnnounceEvent.COMPLETED)).downloaded).isZero();
  }

  @Test
  void aSeedThatWasCompleteFromTheStartIsNotADownload() {
    assertThat(announce(ipv4(HASH, 1, 1000).seeding().saying(AnnounceEvent.STARTED)).downloaded)
        .isZero();
  }

  @Test
  void aDualStackClientsCompletionIsCountedOnceWithinAMinute() {
    announce(ipv4(HASH, 1, 1000).asClient(5, 99));
    announce(ipv6(HASH, 1, 1000).asClient(5, 99));
    announce(ipv4(HASH, 1, 1000).asClient(5, 99).completed());
    now += 59;
    assertThat(announce(ipv6(HASH, 1, 1000).asClient(5, 99).completed()).downloaded).isEqualTo(1);
    assertThat(counts(HASH).seeders()).isEqualTo(2);
  }

  @Test
  void completionsOfDifferentClientsOrLongApartAreCountedEach() {
    announce(ipv4(HASH, 1, 1000).asClient(5, 99).completed());
    announce(ipv4(HASH, 2, 1000).asClient(5, 98).completed());
    announce(ipv4(HASH, 3, 1000).asClient(6, 99).completed());
    announce(ipv4(HASH, 4, 1000).asClient(0, 0).completed());
    announce(ipv4(HASH, 5, 1000).asClient(0, 0).completed());
    assertThat(counts(HASH).downloaded()).isEqualTo(5);
    now += 60;
    assertThat(announce(ipv6(HASH, 1, 1000).asClient(5, 99).completed()).downloaded).isEqualTo(6);
  }

  @Test
  void downloadsAreKeptForADayAfterTheLastPeerLeft() {
    announce(ipv4(HASH, 1, 1000).completed());
    announce(ipv4(HASH, 1, 1000).stopped());
    assertThat(swarms.totals().countsOnly()).isEqualTo(1);
    now += DAY - 3600;
    sweepWholeRounds();
    assertThat(counts(HASH)).isEqualTo(new SwarmCounts(0, 0, 0, 1));
    now += 3600 + 32;
    sweepWholeRounds();
    assertThat(counts(HASH)).isEqualTo(SwarmCounts.NONE);
    assertThat(swarms.totals().countsOnly()).isZero();
  }

  @Test
  void aSwarmThatComesBackWithinTheDayGoesOnCounting() {
    announce(ipv4(HASH, 1, 1000).completed());
    announce(ipv4(HASH, 1, 1000).stopped());
    now += 7200;
    assertThat(announce(ipv6(HASH, 2, 1000).completed()).downloaded).isEqualTo(2);
    assertThat(swarms.totals().countsOnly()).isZero();
    assertThat(swarms.totals().swarms()).isEqualTo(1);
  }

  // -- families, private addresses, sessions

  @Test
  void oneSwarmHoldsBothFamilies() {
    TestPeer v4 = ipv4(HASH, 1, 1000);
    TestPeer v6 = ipv6(HASH, 2, 1000);
    announce(v4);
    announce(v6);
    TestSink sink = announce(ipv4(HASH, 3, 1000));
    assertThat(sink.told).containsExactlyInAnyOrder(v4.endpoint(), v6.endpoint());
    assertThat(sink.leechers).isEqualTo(3);
    assertThat(announce(ipv4(HASH, 3, 1000), new TestSink().onlyIpv4()).told)
        .containsExactly(v4.endpoint());
    assertThat(announce(ipv4(HASH, 3, 1000), new TestSink().onlyIpv6()).told)
        .containsExactly(v6.endpoint());
  }

  @Test
  void eachFamilyIsGuaranteedAShare() {
    for (int i = 0; i < 1000; i++) {
      announce(ipv4(HASH, i, 1000), TestSink.wanting(0));
    }
    for (int i = 0; i < 20; i++) {
      announce(ipv6(HASH, i, 1000), TestSink.wanting(0));
    }
    for (int i = 0; i < 50; i++) {
      TestSink sink = announce(ipv4(HASH, 5000, 1000), TestSink.wanting(40));
      assertThat(sink.told).hasSize(40).doesNotHaveDuplicates();
      assertThat(sink.told.stream().filter(e -> e.startsWith("6:")))
          .hasSizeGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void privatePeersAreGivenOnlyToThoseThatTakeThem() {
    List<String> inside = new ArrayList<>();
    for (long address :
        new long[] {0x0a000001, 0xc0a80001, 0xac100001, 0x7f000001, 0xa9fe0001, 0x64400001}) {
      TestPeer peer = ipv4(HASH, 0, 1000).at(address);
      announce(peer);
      inside.add(peer.endpoint());
    }
    TestPeer outside = ipv4(HASH, 1, 1000);
    announce(outside);
    assertThat(announce(ipv4(HASH, 2, 1000)).told).containsExactly(outside.endpoint());
    inside.add(outside.endpoint());
    TestSink all = announce(ipv4(HASH, 2, 1000), new TestSink().takingPrivate());
    assertThat(all.told).containsExactlyInAnyOrderElementsOf(inside);
    assertThat(all.leechers).isEqualTo(8);
  }

  @Test
  void sessionMembersCountLikeOthersButAreNeverReturnedAsAddresses() {
    announce(session(HASH, 7, 70));
    announce(session(HASH, 7, 71).seeding());
    TestSink sink = announce(ipv4(HASH, 1, 1000));
    assertThat(sink.told).isEmpty();
    assertThat(sink.leechers).isEqualTo(2);
    assertThat(sink.seeders).isEqualTo(1);
  }

  @Test
  void offersGoToSessionMembersOnly() {
    TestPeer first = session(HASH, 1, 10);
    TestPeer second = session(HASH, 2, 20);
    announce(first);
    announce(ipv4(HASH, 1, 1000));
    assertThat(announce(second, TestSink.wantingSessions(10)).told)
        .containsExactly(first.endpoint());
    assertThat(announce(first, TestSink.wantingSessions(10)).told)
        .containsExactly(second.endpoint());
  }

  @Test
  void aSessionMayHoldSeveralPeerIds() {
    announce(session(HASH, 1, 10));
    announce(session(HASH, 1, 11));
    announce(session(HASH, 1, 11));
    assertThat(counts(HASH).leechers()).isEqualTo(2);
    announce(session(HASH, 1, 10).stopped());
    assertThat(counts(HASH).leechers()).isEqualTo(1);
  }

  @Test
  void sessionMembersHaveTheirOwnShortLife() {
    announce(session(HASH, 1, 10));
    announce(ipv4(HASH, 1, 1000));
    now += SESSION_LIFETIME + 64;
    sweepWholeRounds();
    assertThat(counts(HASH).leechers()).isEqualTo(1);
    assertThat(announce(session(HASH, 2, 20), TestSink.wantingSessions(5)).told).isEmpty();
  }

  // -- numwant

  @Test
  void noMoreIsToldThanWanted() {
    for (int members = 0; members < 400; members += 7) {
      for (int i = 0; i < 7; i++) {
        announce(ipv4(HASH, members + i, 1000), TestSink.wanting(0));
      }
      for (int wanted : new int[] {0, 1, 2, 7, 50, 200}) {
        TestSink sink = announce(ipv4(HASH, 0, 1000), TestSink.wanting(wanted));
        assertThat(sink.told).hasSize(Math.min(wanted, members + 6)).doesNotHaveDuplicates();
      }
    }
  }

  // -- expiry

  @Test
  void aPeerStaysForItsLifetimeAndNoLonger() {
    announce(ipv4(HASH, 1, 1000));
    announce(ipv6(HASH, 1, 1000));
    now += LIFETIME;
    sweepWholeRounds();
    assertThat(counts(HASH).leechers()).isEqualTo(2);
    now += 64; // a tick is 32 s
    sweepWholeRounds();
    assertThat(counts(HASH)).isEqualTo(SwarmCounts.NONE);
    assertThat(swarms.totals().swarms()).isZero();
    assertThat(swarms.totals().expired()).isEqualTo(2);
  }

  @Test
  void aPeerThatComesBackInTimeStays() {
    announce(ipv4(HASH, 1, 1000));
    for (int i = 0; i < 20; i++) {
      now += LIFETIME - 100;
      announce(ipv4(HASH, 1, 1000));
      sweepWholeRounds();
      assertThat(counts(HASH).leechers()).isEqualTo(1);
    }
  }

  @Test
  void expiryIsRightOverManyWrapsOfTheAge() {
    // An age is 256 ticks of 32 s round; a round of the sweep every five minutes, a tick's length
    // not dividing it.
    Set<Integer> gone = new HashSet<>();
    long[] lastSeen = new long[200];
    for (int i = 0; i < lastSeen.length; i++) {
      lastSeen[i] = now;
      announce(ipv4(HASH, i, 1000), TestSink.wanting(0));
    }
    for (int step = 0; step < 400; step++) {
      now += 301;
      int back = step % lastSeen.length;
      if (step % 3 == 0) {
        announce(ipv4(HASH, back, 1000), TestSink.wanting(0));
        lastSeen[back] = now;
        gone.remove(back);
      }
      sweepWholeRounds();
      int alive = 0;
      int perhaps = 0;
      for (long seen : lastSeen) {
        alive += now - seen <= LIFETIME ? 1 : 0;
        perhaps += now - seen <= LIFETIME + 32 ? 1 : 0;
      }
      assertThat(counts(HASH).leechers()).as("at step %d", step).isBetween(alive, perhaps);
    }
  }

  @Test
  void aSweepInSmallStepsComesRoundToEverything() {
    for (int i = 0; i < 3000; i++) {
      announce(ipv4(hash(i % 500), i, 1000), TestSink.wanting(0));
    }
    for (int i = 0; i < 1000; i++) {
      announce(ipv6(hash(0), i, 1000), TestSink.wanting(0));
    }
    now += LIFETIME + 64;
    double done = 0;
    int steps = 0;
    while (done < 2.001) {
      double step = swarms.sweep(10, now);
      assertThat(step).isPositive();
      done += step;
      steps++;
    }
    assertThat(steps).isGreaterThan(100);
    assertThat(swarms.totals().members()).isZero();
    assertThat(swarms.totals().swarms()).isZero();
  }

  // -- totals and memory

  @Test
  void totalsAddUp() {
    announce(ipv4(hash(1), 1, 1000));
    announce(ipv4(hash(1), 2, 1000).seeding());
    announce(ipv6(hash(2), 1, 1000));
    announce(ipv6(hash(2), 2, 1000).seeding());
    announce(ipv6(hash(2), 3, 1000).seeding());
    announce(session(hash(3), 1, 1));
    announce(session(hash(3), 2, 1).seeding());
    SwarmsTotals totals = swarms.totals();
    assertThat(totals.swarms()).isEqualTo(3);
    assertThat(totals.ipv4Leechers()).isEqualTo(1);
    assertThat(totals.ipv4Seeders()).isEqualTo(1);
    assertThat(totals.ipv6Leechers()).isEqualTo(1);
    assertThat(totals.ipv6Seeders()).isEqualTo(2);
    assertThat(totals.sessionLeechers()).isEqualTo(1);
    assertThat(totals.sessionSeeders()).isEqualTo(1);
    assertThat(totals.members()).isEqualTo(7);
  }

  @Test
  void atTheMemoryCapRefreshesGoOnAndNewPeersHaveAReserve() {
    long cap = 4 << 20;
    swarms = create(cap);
    int opened = 0;
    while (swarms.announce(spread(opened), new TestSink(), now) == Verdict.ACCEPTED) {
      opened++;
      assertThat(opened).isLessThan(1_000_000);
    }
    TestSink refused = new TestSink();
    assertThat(swarms.announce(spread(opened), refused, now)).isEqualTo(Verdict.NO_ROOM_FOR_SWARM);
    assertThat(refused.leechers).isZero();
    assertThat(refused.told).isEmpty();
    assertThat(swarms.totals().memoryBytes()).isLessThanOrEqualTo(cap);

    int joined = 0;
    TestPeer first = spread(0);
    while (swarms.announce(first.at(0x50000000L + joined), TestSink.wanting(0), now)
        == Verdict.ACCEPTED) {
      joined++;
      assertThat(joined).isLessThan(1_000_000);
    }
    assertThat(joined).isGreaterThan(1000);
    assertThat(swarms.announce(first.at(0x60000000L), TestSink.wanting(0), now))
        .isEqualTo(Verdict.NO_ROOM_FOR_PEER);
    assertThat(swarms.announce(first.at(0x50000000L), TestSink.wanting(0), now))
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(swarms.announce(first.at(0x50000000L).completed(), TestSink.wanting(0), now))
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(swarms.totals().memoryBytes()).isLessThan(cap + cap / 50);

    now += LIFETIME + 64;
    sweepWholeRounds();
    assertThat(swarms.announce(spread(opened), new TestSink(), now)).isEqualTo(Verdict.ACCEPTED);
  }

  /** A peer in a swarm of its own, at an address of its own prefix. */
  private static TestPeer spread(int number) {
    return ipv4(hash(number * 0x9e3779b97f4a7c15L), number << 8, 1000);
  }

  @Test
  void whenMemoryRunsShortThePrefixThatOpensMostIsRefusedFirst() {
    swarms = create(4 << 20);
    int flood = 0;
    TestPeer villain = ipv4(HASH, 0x00770000, 1000);
    while (swarms.announce(villain.in(hash(~(long) flood)), new TestSink(), now)
        == Verdict.ACCEPTED) {
      flood++;
      if (flood % 10 == 0) {
        announce(spread(flood));
      }
      assertThat(flood).isLessThan(1_000_000);
    }
    // Others still open swarms; of the villain's tries about none succeeds.
    int others = 0;
    int more = 0;
    for (int i = 1; i <= 1000; i++) {
      others += swarms.announce(spread(-i), new TestSink(), now) == Verdict.ACCEPTED ? 1 : 0;
      more +=
          swarms.announce(villain.in(hash(-1_000_000L - i)), new TestSink(), now)
                  == Verdict.ACCEPTED
              ? 1
              : 0;
    }
    assertThat(others).isGreaterThan(950);
    assertThat(more).isLessThan(50);
  }

  @Test
  void memoryComesBackWhenPeersLeave() {
    long empty = swarms.totals().memoryBytes();
    for (int i = 0; i < 200_000; i++) {
      announce(ipv4(hash(i / 10), i, 1000), TestSink.wanting(0));
    }
    long full = swarms.totals().memoryBytes();
    assertThat((full - empty) / 200_000.0).isLessThan(24);
    for (int i = 0; i < 200_000; i++) {
      announce(ipv4(hash(i / 10), i, 1000).stopped(), TestSink.wanting(0));
    }
    assertThat(swarms.totals().members()).isZero();
    assertThat(swarms.totals().memoryBytes()).isLessThan(empty + (full - empty) / 4);
  }

  @Test
  void touchingAnythingIsHarmless() {
    for (int i = 0; i < 1000; i++) {
      announce(ipv4(hash(i), i, 1000));
    }
    swarms.touch(
        new AnnounceBatch() {
          @Override
          public int size() {
            return 2000;
          }

          @Override
          public Announce announce(int index) {
            return ipv4(hash(index), index, 1000);
          }
        });
    assertThat(swarms.totals().members()).isEqualTo(1000);
  }

  // -- contact metadata

  /** From the smallest form to the largest, and back. */
  @Test
  void whatAPeerSaidOfItselfIsToldWithIt() {
    for (int i = 1; i <= 400; i++) {
      announce(ipv4(HASH, i, 1000).telling(i * 100));
      announce(ipv6(HASH, i, 1000).telling(i * 50));
    }
    checkMetadata(400);
    for (int i = 400; i > 1; i--) {
      announce(ipv4(HASH, i, 1000).stopped());
      announce(ipv6(HASH, i, 1000).stopped());
      if (i % 20 == 0) {
        checkMetadata(i - 1);
      }
    }
  }

  private void checkMetadata(int peers) {
    TestSink sink =
        announce(ipv4(HASH, 10_000, 1000).saying(AnnounceEvent.STARTED), contacts(2000));
    announce(ipv4(HASH, 10_000, 1000).stopped());
    assertThat(sink.contacts).hasSize(2 * peers);
    for (int i = 1; i <= peers; i++) {
      assertThat(sink.contact(ipv4(HASH, i, 1000)).metadata()).isEqualTo(i * 100);
      assertThat(sink.contact(ipv6(HASH, i, 1000)).metadata()).isEqualTo(i * 50);
    }
  }

  private static TestSink contacts(int wanted) {
    return TestSink.wantingContacts(wanted);
  }

  private int metadataOf(TestPeer peer) {
    TestPeer asking = ipv4(peer.infoHash(), 99_999, 7);
    TestSink sink = announce(asking, contacts(10_000));
    announce(asking.stopped());
    return sink.contact(peer).metadata();
  }

  @Test
  void aPeerThatSaysNothingKeepsWhatIsKnownOfIt() {
    for (TestPeer peer : List.of(ipv4(HASH, 1, 1000), ipv6(HASH, 2, 1000))) {
      announce(peer.telling(0x1234));
      announce(peer);
      assertThat(metadataOf(peer)).isEqualTo(0x1234);
      announce(peer.completed());
      assertThat(metadataOf(peer)).as("as another kind of member").isEqualTo(0x1234);
      announce(peer.telling(0xffff));
      assertThat(metadataOf(peer)).isEqualTo(0xffff);
      announce(peer.telling(0));
      assertThat(metadataOf(peer)).as("taken back").isZero();
    }
  }

  @Test
  void aPeerThatLeftAndCameBackHasSaidNothing() {
    announce(ipv4(HASH, 2, 1000).telling(7)); // so that the swarm keeps metadata all the time
    for (TestPeer peer : List.of(ipv4(HASH, 1, 1000), ipv6(HASH, 1, 1000))) {
      announce(peer.telling(0x1234));
      announce(peer.stopped());
      announce(peer);
      assertThat(metadataOf(peer)).isZero();
    }
  }

  /** Whatever form the swarm has when the first says something of itself. */
  @Test
  void theFirstToSaySomethingMayBeAnyOfAny() {
    for (int size = 1; size <= 140; size++) {
      InfoHash hash = hash(1000 + size);
      for (int i = 1; i <= size; i++) {
        announce(ipv4(hash, i, 1000));
      }
      int teller = 1 + size / 2;
      announce(ipv4(hash, teller, 1000).telling(77));
      TestSink sink = announce(ipv4(hash, size + 1, 1000), contacts(1000));
      assertThat(sink.contacts).hasSize(size);
      sink.contacts.forEach((endpoint, contact) ->
          assertThat(contact.metadata())
              .isEqualTo(endpoint.equals(ipv4(hash, teller, 1000).endpoint()) ? 77 : 0));
    }
  }

  @Test
  void lastSeenIsExactToOneTick() {
    for (int second = 0; second < 64; second++) {
      InfoHash hash = hash(2000 + second);
      long announced = now + second;
      swarms.announce(ipv4(hash, 1, 1000), new TestSink(), announced);
      swarms.announce(ipv6(hash, 1, 1000), new TestSink(), announced);
      for (int later : new int[] {0, 1, 31, 32, 33, 1000, 3500}) {
        TestSink sink = contacts(10);
        swarms.announce(ipv4(hash, 2, 1000), sink, announced + later);
        assertThat(sink.contacts).hasSize(2);
        sink.contacts
            .values()
            .forEach(contact -> assertThat(contact.age()).isBetween(later, later + 31));
      }
    }
  }

  @Test
  void metadataIsToldToNobodyWhoDoesNotAsk() {
    announce(ipv4(HASH, 1, 1000).telling(0xffff)); // the sink fails if it is told more than wanted
    announce(ipv6(HASH, 1, 1000).telling(0xffff));
    assertThat(announce(ipv4(HASH, 2, 1000)).told).hasSize(2);
  }
}
