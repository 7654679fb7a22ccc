package dev.muster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That samples are fair: how often each member is given is compared with what pure chance would do,
 * by Pearson's chi-squared.
 *
 * <p>Drawn without replacement, a fair sample's statistic has mean n - k and a standard deviation
 * of about sqrt(2 (n - k)); with fixed seeds the outcome is the same every time, and a bias of a
 * few percent is far outside six deviations.
 */
class SelectionTest {
  private static final int DRAWS = 20_000;

  @ParameterizedTest(name = "{1} of {0} {2} members")
  @CsvSource({
    "10, 3, ipv4",
    "60, 50, ipv4",
    "127, 10, ipv4", // in a block
    "200, 50, ipv4",
    "1000, 50, ipv4",
    "1000, 200, ipv4",
    "5000, 30, ipv4", // in tables
    "40, 7, ipv6",
    "600, 50, ipv6",
    "3000, 20, ipv6"
  })
  void everyMemberIsGivenEquallyOften(int members, int wanted, String family) {
    Swarms swarms =
        Swarms.inMemory(new SwarmsConfig(1, 3600, 360, 1L << 28, members * 31L + wanted));
    for (int i = 0; i < members; i++) {
      announce(swarms, peer(family, i), 0);
    }
    TestPeer asker = peer(family, members);
    Map<String, Integer> given = draw(swarms, asker, wanted, DRAWS);

    double expected = (double) DRAWS * wanted / members;
    double statistic = 0;
    for (int i = 0; i < members; i++) {
      double off = given.getOrDefault(peer(family, i).endpoint(), 0) - expected;
      statistic += off * off / expected;
    }
    double free = members - wanted;
    assertThat(statistic).isLessThan(free + 6 * Math.sqrt(2 * free) + 10);
  }

  @Test
  void seedsAndLeechersAreGivenInProportion() {
    Swarms swarms = Swarms.inMemory(new SwarmsConfig(1, 3600, 360, 1L << 28, 77));
    for (int i = 0; i < 900; i++) {
      announce(swarms, peer("ipv4", i), 0);
    }
    for (int i = 900; i < 1000; i++) {
      announce(swarms, peer("ipv4", i).seeding(), 0);
    }
    Map<String, Integer> given = draw(swarms, peer("ipv4", 1000), 20, 5000);
    int seeds = 0;
    for (int i = 900; i < 1000; i++) {
      seeds += given.getOrDefault(peer("ipv4", i).endpoint(), 0);
    }
    assertThat(seeds / 5000.0).isBetween(1.9, 2.1); // a tenth of 20
  }

  @Test
  void neighboursAreGivenTogetherNoMoreOftenThanOthers() {
    // 100 members, 10 given: any two of them together in 9.09 % of the draws in which one is.
    Swarms swarms = Swarms.inMemory(new SwarmsConfig(1, 3600, 360, 1L << 28, 5));
    for (int i = 0; i < 100; i++) {
      announce(swarms, peer("ipv4", i), 0);
    }
    int withFifty = 0;
    int both = 0;
    for (int i = 0; i < DRAWS; i++) {
      TestSink sink = announce(swarms, peer("ipv4", 100), 10);
      if (sink.told.contains(peer("ipv4", 50).endpoint())) {
        withFifty++;
        both += sink.told.contains(peer("ipv4", 51).endpoint()) ? 1 : 0;
      }
    }
    // Strides keep near neighbours apart somewhat, which spreads a sample and harms nobody; they
    // must not be glued together.
    assertThat((double) both / withFifty).isLessThan(0.12);
  }

  @Test
  void theStridesArePrimesAboveAnyGridsSide() throws ReflectiveOperationException {
    var field = Sampler.class.getDeclaredField("STRIDES");
    field.setAccessible(true);
    for (long stride : (long[]) field.get(null)) {
      assertThat(stride).isGreaterThan(1L << 31);
      assertThat(BigInteger.valueOf(stride).isProbablePrime(50)).isTrue();
    }
  }

  private static Map<String, Integer> draw(Swarms swarms, TestPeer asker, int wanted, int draws) {
    Map<String, Integer> given = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      for (String endpoint : announce(swarms, asker, wanted).told) {
        given.merge(endpoint, 1, Integer::sum);
      }
    }
    return given;
  }

  private static TestSink announce(Swarms swarms, TestPeer peer, int wanted) {
    TestSink sink = TestSink.wanting(wanted);
    swarms.announce(peer, sink, 1000);
    return sink;
  }

  private static TestPeer peer(String family, int number) {
    return family.equals("ipv4")
        ? TestPeer.ipv4(TestPeer.hash(1), number, 1000)
        : TestPeer.ipv6(TestPeer.hash(1), number, 1000);
  }
}
