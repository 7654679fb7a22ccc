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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which trackers are asked when others fail. */
class RedundancyTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final World world = new World();

  @Test
  void withTwoOfThreeDeadTheApplicationHasItsPeerWhenTheThirdAnswers() {
    world.behaviours.put(ONE, fails(Kind.TIMED_OUT));
    world.latencies.put(ONE, Duration.ofSeconds(15));
    world.behaviours.put(TWO, fails(Kind.UNREACHABLE));
    world.behaviours.put(THREE, ask -> answer(ALICE));
    world.latencies.put(THREE, Duration.ofSeconds(3));
    world.join(Links.of(ONE, TWO, THREE));
    world.pass(Duration.ofSeconds(3));

    assertThat(world.found).extracting(Peer::endpoint).containsExactly(ALICE);
  }

  @Test
  void aDeadTrackerIsTriedLessAndLessOften() {
    world.behaviours.put(ONE, fails(Kind.UNREACHABLE));
    world.join(Links.of(ONE));
    world.pass(Duration.ofHours(12));

    List<Duration> at = world.said.stream().map(World.Said::at).toList();
    assertThat(at.get(1)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(17));
    for (int i = 2; i < at.size(); i++) {
      Duration gap = at.get(i).minus(at.get(i - 1));
      assertThat(gap).isLessThanOrEqualTo(Duration.ofMinutes(67));
      assertThat(gap)
          .isGreaterThan(at.get(i - 1).minus(at.get(i - 2)).multipliedBy(9).dividedBy(10));
    }
    assertThat(at).hasSizeBetween(15, 22);
  }

  @Test
  void retryInIsObeyed() {
    world.behaviours.put(ONE, fails(Kind.REFUSED, Duration.ofHours(5)));
    Swarm swarm = world.join(Links.of(ONE));
    world.pass(SOON);
    swarm.wantMorePeers();
    world.pass(Duration.ofHours(5).minus(SOON));
    assertThat(world.said).hasSize(1);
    world.pass(Duration.ofMinutes(1));

    assertThat(world.said).hasSize(2);
  }

  @Test
  void aTrackerThatIsGoneIsNeverAskedAgain() {
    world.behaviours.put(
        ONE,
        ask -> {
          throw new dev.muster.client.wire.TrackerFailure(Kind.GONE, "410");
        });
    Swarm swarm = world.join(Links.of(ONE));
    world.pass(SOON);
    swarm.wantMorePeers();
    world.pass(Duration.ofDays(10));

    assertThat(world.said).hasSize(1);
  }

  @Test
  void theSecondTierIsForWhenNobodyInTheFirstAnswers() {
    world.builder.strategy(Strategy.tiers());
    world.behaviours.put(ONE, fails(Kind.UNREACHABLE));
    world.behaviours.put(TWO, fails(Kind.UNREACHABLE));
    world.join(Links.tiers(List.of(List.of(ONE, TWO), List.of(THREE)), false));
    world.pass(SOON);

    assertThat(world.said).hasSize(3);
    assertThat(world.said.get(2).tracker()).isEqualTo(THREE);
  }

  @Test
  void inTiersOneThatAnswersIsTheOnlyOneAsked() {
    world.builder.strategy(Strategy.tiers());
    world.join(Links.tiers(List.of(List.of(ONE, TWO), List.of(THREE)), false));
    world.pass(Duration.ofHours(5));

    assertThat(world.said).hasSizeGreaterThan(8);
    assertThat(world.said)
        .extracting(World.Said::tracker)
        .containsOnly(world.said.get(0).tracker());
  }

  @Test
  void aBetterTrackerThatAnswersAgainTakesOverAndTheOtherIsToldSo() {
    world.builder.strategy(Strategy.tiers());
    world.behaviours.put(ONE, fails(Kind.UNREACHABLE));
    world.join(Links.tiers(List.of(List.of(ONE), List.of(TWO)), false));
    world.pass(SOON);
    world.behaviours.put(ONE, ask -> answer());
    world.pass(Duration.ofMinutes(1));

    assertThat(world.saidTo(TWO))
        .extracting(World.Said::event)
        .containsExactly(AnnounceEvent.STARTED, AnnounceEvent.STOPPED);
    world.said.clear();
    world.pass(Duration.ofHours(2));
    assertThat(world.said).extracting(World.Said::tracker).containsOnly(ONE);
  }

  @Test
  void aPrivateLinkUsesOneTrackerAtATimeWhateverTheStrategy() {
    world.builder.strategy(Strategy.all());
    world.join(Links.tiers(List.of(List.of(ONE), List.of(TWO, THREE)), true));
    world.pass(Duration.ofHours(5));

    assertThat(world.said).extracting(World.Said::tracker).containsOnly(ONE);
  }

  @Test
  void aPrivateLinkThatSwitchesDropsThePeersOfTheFirstTracker() {
    world.behaviours.put(ONE, ask -> answer(ALICE));
    world.behaviours.put(TWO, ask -> answer(BOB));
    Swarm swarm = world.join(Links.tiers(List.of(List.of(ONE), List.of(TWO)), true));
    world.pass(SOON);
    world.behaviours.put(ONE, fails(Kind.UNREACHABLE));
    world.pass(Duration.ofMinutes(34));

    assertThat(swarm.peers()).extracting(Peer::endpoint).containsExactly(BOB);
    assertThat(world.events)
        .filteredOn(TrackerEvent.Switched.class::isInstance)
        .singleElement()
        .isEqualTo(new TrackerEvent.Switched(eventTime(), Links.SWARM, ONE, TWO));
  }

  private java.time.Instant eventTime() {
    return world.events.stream()
        .filter(TrackerEvent.Switched.class::isInstance)
        .findFirst()
        .orElseThrow()
        .at();
  }

  @Test
  void twoOfThreeAreAskedAndTheThirdReplacesOneThatFails() {
    world.builder.strategy(Strategy.some(2));
    world.join(Links.of(ONE, TWO, THREE));
    world.pass(SOON);
    List<URI> chosen = world.said.stream().map(World.Said::tracker).toList();
    assertThat(chosen).hasSize(2).doesNotHaveDuplicates();
    world.behaviours.put(chosen.get(0), fails(Kind.UNREACHABLE));
    world.pass(Duration.ofMinutes(34));

    assertThat(world.said).extracting(World.Said::tracker).contains(ONE, TWO, THREE);
  }

  @Test
  void theHealthiestAreChosen() {
    world.builder.strategy(Strategy.some(1));
    world.health(ONE).failed();
    world.health(TWO).answered(Duration.ofMillis(10), true);
    world.health(THREE).answered(Duration.ofSeconds(4), true);
    world.join(Links.of(ONE, TWO, THREE));

    assertThat(world.said).extracting(World.Said::tracker).containsExactly(TWO);
  }

  @Test
  void aTrackerThatNamesPeersThatNobodyCanReachLosesTrust() {
    world.behaviours.put(ONE, ask -> answer(ALICE));
    world.behaviours.put(TWO, ask -> answer(BOB));
    Swarm swarm = world.join(Links.of(ONE, TWO));
    world.pass(SOON);
    for (Peer peer : List.copyOf(world.found)) {
      if (peer.endpoint().equals(ALICE)) {
        swarm.unreachable(peer);
      } else {
        swarm.reached(peer);
      }
    }

    assertThat(swarm.trackers().get(0).tracker()).isEqualTo(TWO);
    assertThat(swarm.trackers().get(1).honesty()).isEqualTo(0.5);
  }

  @Test
  void twoDoorsOfOneHostDoNotVouchForEachOther() {
    URI door = URI.create("http://one.example/announce");
    world.behaviours.put(door, ask -> answer(ALICE));
    world.behaviours.put(ONE, ask -> answer(ALICE));
    Swarm swarm = world.join(Links.of(ONE, door));
    world.pass(SOON);
    swarm.unreachable(world.found.get(0));

    assertThat(swarm.trackers()).allSatisfy(status -> assertThat(status.honesty()).isEqualTo(0.5));
  }
}
