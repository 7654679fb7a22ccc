package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.udp.SourceAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionIdsTest {
  private static final long IPV4 = SourceAddress.ipv4Low(0xC0000201);
  private static final long NOW = 1_800_000_000L;

  private final ConnectionIds ids = new ConnectionIds(key(1));

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 74, 149, 150, 1_800_000_000L, 1_800_000_149L, -1, -151})
  void anIdIsGoodForAtLeast150AndAtMost300Seconds(long issued) {
    long id = ids.issue(0, IPV4, issued);
    for (int age = 0; age <= 150; age++) {
      assertThat(ids.accepts(id, 0, IPV4, issued + age)).as("age %d", age).isTrue();
    }
    for (int age = 300; age <= 1_000; age++) {
      assertThat(ids.accepts(id, 0, IPV4, issued + age)).as("age %d", age).isFalse();
    }
  }

  @Test
  void anIdFromAnotherTimeIsNotGood() {
    long id = ids.issue(0, IPV4, NOW);
    assertThat(ids.accepts(id, 0, IPV4, NOW - 150)).isFalse();
    assertThat(ids.accepts(id, 0, IPV4, NOW + 86_400)).isFalse();
  }

  @Test
  void anIdIsGoodForItsAddressOnly() {
    long id = ids.issue(0, IPV4, NOW);
    for (int bit = 0; bit < 64; bit++) {
      assertThat(ids.accepts(id, 0, IPV4 ^ 1L << bit, NOW)).isFalse();
      assertThat(ids.accepts(id, 1L << bit, IPV4, NOW)).isFalse();
    }
  }

  @Test
  void everyBitOfAnIdCounts() {
    long id = ids.issue(0, IPV4, NOW);
    for (int bit = 0; bit < 64; bit++) {
      assertThat(ids.accepts(id ^ 1L << bit, 0, IPV4, NOW)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void anIdOfAnotherKeyIsNotGood() {
    ConnectionIds others = new ConnectionIds(key(2));
    assertThat(ids.accepts(others.issue(0, IPV4, NOW), 0, IPV4, NOW)).isFalse();
  }

  @Test
  void nodesWithTheSameKeyTakeOneAnothersIds() {
    ConnectionIds restarted = new ConnectionIds(key(1));
    assertThat(restarted.accepts(ids.issue(0, IPV4, NOW), 0, IPV4, NOW)).isTrue();
  }

  @Test
  void everyIdBeginsWithA0AndNoTwoAddressesShareOne() {
    SplittableRandom random = new SplittableRandom(51);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long id = ids.issue(random.nextLong(), random.nextLong(), NOW);
      assertThat(id >>> 56).isEqualTo(0xA0);
      assertThat(seen.add(id)).isTrue();
    }
  }

  private static byte[] key(int first) {
    byte[] key = new byte[16];
    key[0] = (byte) first;
    return key;
  }
}
