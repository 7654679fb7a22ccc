package dev.muster.client;

import static dev.muster.client.World.ALICE;
import static dev.muster.client.World.BOB;
import static dev.muster.client.World.ONE;
import static dev.muster.client.World.THREE;
import static dev.muster.client.World.TWO;
import static dev.muster.client.World.answer;
import static dev.muster.client.World.fails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.metainfo.PeerAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a member says to its trackers and when, and what the application gets. */
class MembershipTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final World world = new World();

  @Test
  void allTrackersAreToldAtOnceThatItStarted() {
    world.join(Links.of(ONE, TWO, THREE));

    assertThat(world.said)
        .allSatisfy(said -> assertThat(said.event()).isEqualTo(AnnounceEvent.STARTED))
        .extracting(World.Said::tracker)
        .containsExactlyInAnyOrder(ONE, TWO, THREE);
  }

  @Test
  void theKeyIsOneForAllTrackersAndAnotherForAnotherSwarm() {
    world.join(Links.of(ONE, TWO));
    world.join(Links.of(ONE, TWO));

    Set<Integer> keys = new HashSet<>();
    world.said.forEach(said -> keys.add(said.ask().key()));
    assertThat(keys).hasSize(2);
  }

  @Test
  void itComesBackWhenTheIntervalIsOverAndNotLongAfter() {
    world.join(Links.of(ONE));
    world.pass(Duration.ofMinutes(34));

    assertThat(world.said).hasSize(2);
    assertThat(world.said.get(1).event()).isEqualTo(AnnounceEvent.NONE);
    assertThat(world.said.get(1).at()).isBetween(HALF_AN_HOUR, Duration.ofMinutes(33).plus(SOON));
  }

  @Test
  void anAbsurdIntervalIsClamped() {
    world.behaviours.put(ONE, ask -> answer(Duration.ZERO, Optional.empty()));
    world.behaviours.put(TWO, ask -> answer(Duration.ofDays(1), Optional.of(Duration.ofDays(1))));
    world.join(Links.of(ONE, TWO));
    world.pass(Duration.ofHours(3));

    assertThat(world.saidTo(ONE)).hasSizeBetween(160, 181);
    assertThat(world.saidTo(TWO)).hasSize(2);
  }

  @Test
  void aMinIntervalAboveTheIntervalIsRespected() {
    world.behaviours.put(
        ONE, ask -> answer(Duration.ofMinutes(5), Optional.of(Duration.ofMinutes(50))));
    world.join(Links.of(ONE));
    world.pass(Duration.ofMinutes(49));

    assertThat(world.said).hasSize(1);
  }

  @Test
  void completedIsSaidOnceAtOnceAndOnlyToThoseThatCountIt() {
    world.behaviours.put(TWO, fails(Kind.TIMED_OUT));
    Swarm swarm = world.join(Links.of(ONE, TWO));
    world.pass(SOON);
    world.said.clear();
    swarm.completed();
    swarm.completed();
    world.pass(SOON);

    assertThat(world.said).hasSize(1);
    assertThat(world.said.get(0).tracker()).isEqualTo(ONE);
    assertThat(world.said.get(0).event()).isEqualTo(AnnounceEvent.COMPLETED);
  }

  @Test
  void completedIsSaidAgainIfTheTrackerMissedIt() {
    Swarm swarm = world.join(Links.of(ONE));
    world.pass(SOON);
    world.behaviours.put(ONE, fails(Kind.TIMED_OUT));
    swarm.completed();
    world.pass(SOON);
    world.behaviours.put(ONE, ask -> answer());
    world.pass(Duration.ofHours(1));

    assertThat(world.said)
        .extracting(World.Said::event)
        .startsWith(AnnounceEvent.STARTED, AnnounceEvent.COMPLETED, AnnounceEvent.COMPLETED)
        .element(3)
        .isEqualTo(AnnounceEvent.NONE);
  }

  @Test
  void stoppedIsSaidToAllThatCountItAndNothingAfter() {
    world.behaviours.put(TWO, fails(Kind.UNREACHABLE));
    world.builder.closeWithin(Duration.ZERO);
    Swarm swarm = world.join(Links.of(ONE, TWO, THREE));
    world.pass(SOON);
    world.said.clear();
    swarm.close();
    swarm.close();
    world.pass(Duration.ofDays(1));

    assertThat(world.said)
        .allSatisfy(said -> assertThat(said.event()).isEqualTo(AnnounceEvent.STOPPED))
        .extracting(World.Said::tracker)
        .containsExactlyInAnyOrder(ONE, THREE);
    assertThat(world.timers.size()).isZero();
  }

  @Test
  void answersAreMergedAndEachPeerIsGivenOnce() {
    world.behaviours.put(ONE, ask -> answer(ALICE, BOB));
    world.behaviours.put(TWO, ask -> answer(BOB, ALICE));
    Swarm swarm = world.join(Links.of(ONE, TWO));
    world.pass(Duration.ofHours(1));

    assertThat(world.found).extracting(Peer::endpoint).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(swarm.peers())
        .hasSize(2)
        .allSatisfy(peer -> assertThat(peer.trackers()).containsExactlyInAnyOrder(ONE, TWO));
  }

  @Test
  void oneselfAndNobodyAreLeftOut() {
    world.behaviours.put(
        ONE,
        ask ->
            answer(
                Endpoint.parse("127.0.0.1:7000").orElseThrow(),
                Endpoint.parse("192.0.2.1:0").orElseThrow(),
                Endpoint.parse("0.0.0.0:6881").orElseThrow(),
                Endpoint.parse("224.0.0.1:6881").orElseThrow(),
                Endpoint.parse("[ff02::1]:6881").orElseThrow(),
                ALICE));
    world.join(Links.of(ONE));
    world.pass(SOON);

    assertThat(world.found).extracting(Peer::endpoint).containsExactly(ALICE);
  }

  @Test
  void peersThatNobodyNamedForTooLongAreForgotten() {
    world.builder.acceptedAge(Duration.ofMinutes(10));
    world.behaviours.put(ONE, ask -> answer(ALICE));
    Swarm swarm = world.join(Links.of(ONE));
    world.pass(Duration.ofMinutes(9));
    assertThat(swarm.peers()).hasSize(1);
    world.pass(Duration.ofMinutes(2));

    assertThat(swarm.peers()).isEmpty();
  }

  @Test
  void aPeerThatCouldNotBeReachedIsNotGivenAgainForAWhile() {
    world.builder.unreachableFor(Duration.ofMinutes(50));
    world.behaviours.put(ONE, ask -> answer(ALICE));
    Swarm swarm = world.join(Links.of(ONE));
    world.pass(SOON);
    swarm.unreachable(world.found.get(0));
    world.pass(Duration.ofMinutes(40)); // named again meanwhile
    assertThat(world.saidTo(ONE)).hasSize(2);
    assertThat(world.found).hasSize(1);
    assertThat(swarm.peers()).isEmpty();
    world.pass(HALF_AN_HOUR);

    assertThat(world.found).hasSize(2);
  }

  @Test
  void whenNoTrackerAnswersThePeersReachedLastAreGiven() {
    PeerCache cache = PeerCache.inMemory();
    world.builder.cache(cache);
    cache.reached(Links.SWARM, new PeerCache.Reached(ALICE, world.now()));
    world.behaviours.replaceAll((tracker, before) -> fails(Kind.TIMED_OUT));
    world.join(Links.of(ONE));
    world.pass(Duration.ofSeconds(3));

    assertThat(world.found).hasSize(1);
    assertThat(world.found.get(0).origin()).isEqualTo(Peer.Origin.CACHE);
  }

  @Test
  void aReachedPeerGoesToTheCacheUnlessTheLinkIsPrivate() {
    PeerCache cache = PeerCache.inMemory();
    world.builder.cache(cache);
    world.behaviours.put(ONE, ask -> answer(ALICE));
    Swarm secret = world.join(Links.tiers(List.of(List.of(ONE)), true));
    world.pass(SOON);
    secret.reached(world.found.get(0));
    assertThat(cache.peers(Links.SWARM)).isEmpty();
    Swarm open = world.join(Links.of(ONE));
    world.pass(SOON);
    open.reached(world.found.get(0));

    assertThat(cache.peers(Links.SWARM)).extracting(PeerCache.Reached::endpoint).contains(ALICE);
  }

  @Test
  void peersOfTheLinkAreGivenAtOnceUnlessItIsPrivate() {
    List<PeerAddress> peers = List.of(new PeerAddress("192.0.2.9", 9));
    world.join(new Links(List.of(List.of(ONE)), true, peers));
    assertThat(world.found).isEmpty();
    world.join(new Links(List.of(List.of(ONE)), false, peers));

    assertThat(world.found).extracting(Peer::origin).containsExactly(Peer.Origin.LINK);
  }

  @Test
  void builtInTrackersServeLinksWithTooFewButNeverPrivateOnes() {
    world.builder.builtInTrackers(List.of(THREE));
    world.join(Links.tiers(List.of(List.of(ONE)), true));
    world.join(Links.of(ONE, TWO, java.net.URI.create("udp://four.example:1")));
    assertThat(world.saidTo(THREE)).isEmpty();
    world.join(Links.of(ONE));

    assertThat(world.saidTo(THREE)).hasSize(1);
  }

  @Test
  void aLinkWithAThousandTrackersIsAskedAtSixtyFour() {
    java.net.URI[] trackers =
        java.util.stream.IntStream.range(0, 1000)
            .mapToObj(i -> java.net.URI.create("udp://" + i + ".example:1"))
            .toArray(java.net.URI[]::new);
    world.join(Links.of(trackers));

    assertThat(world.said).hasSize(64);
  }

  @Test
  void anApplicationInNeedIsServedAsSoonAsTheTrackerAllows() {
    world.behaviours.put(ONE, ask -> answer(HALF_AN_HOUR, Optional.of(Duration.ofMinutes(7))));
    Swarm swarm = world.join(Links.of(ONE));
    world.pass(Duration.ofMinutes(5));
    swarm.wantMorePeers();
    world.pass(Duration.ofMinutes(1));
    assertThat(world.said).hasSize(1);
    world.pass(Duration.ofMinutes(1).plus(SOON));

    assertThat(world.said).hasSize(2);
  }

  @Test
  void afterASleepAllAreAskedAtOnce() {
    Membership swarm = world.join(Links.of(ONE, TWO));
    world.pass(Duration.ofMinutes(20));
    world.said.clear();
    swarm.hurry(0);
    world.pass(SOON);

    assertThat(world.said).extracting(World.Said::tracker).containsExactlyInAnyOrder(ONE, TWO);
  }

  /** Whatever trackers answer and applications want, each tracker's word is kept. */
  @Test
  void noTrackerIsAskedMoreOftenThanItAllows() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      World any = new World();
      any.builder.strategy(
          switch (random.nextInt(3)) {
            case 0 -> Strategy.all();
            case 1 -> Strategy.tiers();
            default -> Strategy.some(2);
          });
      java.util.Map<java.net.URI, Duration> allowed = new java.util.HashMap<>();
      for (java.net.URI tracker : List.of(ONE, TWO, THREE)) {
        long mySeed = seed;
        any.behaviours.put(
            tracker,
            ask -> {
              Duration now = any.sinceStart();
              boolean isRegular =
                  ask.event() == AnnounceEvent.NONE || ask.event() == AnnounceEvent.STARTED;
              if (isRegular) {
                assertThat(now)
                    .as("seed %d, %s asks %s", mySeed, ask.event(), tracker)
                    .isGreaterThanOrEqualTo(allowed.getOrDefault(tracker, Duration.ZERO));
              }
              Duration rest = Duration.ofSeconds(random.nextInt(60, 7200));
              if (random.nextInt(4) == 0) {
                if (ask.event() != AnnounceEvent.STOPPED) {
                  allowed.put(tracker, now.plus(rest));
                }
                throw new dev.muster.client.wire.TrackerFailure(Kind.REFUSED, "no", rest, false);
              }
              if (ask.event() != AnnounceEvent.STOPPED) {
                allowed.put(tracker, now.plus(rest));
              }
              return answer(Duration.ofSeconds(random.nextInt(7200)), Optional.of(rest), ALICE);
            });
      }
      Membership swarm =
          any.join(Links.tiers(List.of(List.of(ONE, TWO), List.of(THREE)), random.nextBoolean()));
      for (int step = 0; step < 100; step++) {
        any.pass(Duration.ofSeconds(random.nextInt(1200)));
        switch (random.nextInt(4)) {
          case 0 -> swarm.wantMorePeers();
          case 1 -> swarm.hurry(random.nextLong(1_000_000_000L));
          case 2 -> swarm.completed();
          default -> swarm.peers();
        }
      }
      assertThat(any.said).as("seed %d", seed).hasSizeGreaterThan(10);
    }
  }
}
