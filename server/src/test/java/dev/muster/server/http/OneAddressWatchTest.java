package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.PeerId;
import org.junit.jupiter.api.Test;

class OneAddressWatchTest {
  private static final Address LOOPBACK = new Address.Ipv4(0x7f000001);
  private static final Address PUBLIC = Address.parse("203.0.113.5").orElseThrow();
  private static final String[] MAKES = {"-qB5000-", "-TR4100-", "-lt0D60-"};

  private final OneAddressWatch watch = new OneAddressWatch();

  private static long makes(int i) {
    return make(MAKES[i % MAKES.length]);
  }

  private static long make(String start) {
    return PeerId.of((start + "abcdefghijkl").getBytes(ISO_8859_1)).high();
  }

  private boolean see(
      Address address, int announces, int seconds, boolean forwarded, boolean mixed) {
    boolean warned = false;
    for (int i = 0; i < announces; i++) {
      warned |=
          watch.saw(
              address,
              1000 + i,
              mixed ? makes(i) : make(MAKES[0]),
              forwarded,
              5 + (long) i * seconds / announces);
    }
    return warned;
  }

  @Test
  void manyMakesOfClientAtOneLoopbackAddressAreSaidLoudly() {
    assertThat(see(LOOPBACK, 100, 70, false, true)).isTrue();
    assertThat(watch.isSettled()).isTrue();
    assertThat(see(LOOPBACK, 100, 70, false, true)).as("said once").isFalse();
  }

  @Test
  void aForwardingHeaderThatNobodyReadsIsSaidLoudly() {
    assertThat(see(LOOPBACK, 100, 70, true, false)).isTrue();
  }

  @Test
  void aLoadGeneratorIsNoProxy() {
    assertThat(see(LOOPBACK, 100_000, 600, false, false)).isFalse();
  }

  @Test
  void aLoadGeneratorWithRandomPeerIdsIsNoProxy() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(
              watch.saw(
                  LOOPBACK,
                  i,
                  make("-" + (char) ('A' + i % 26) + (char) ('A' + i / 26 % 26) + "4650-"),
                  false,
                  i / 10))
          .isFalse();
    }
  }

  @Test
  void aShortTestIsNoProxy() {
    assertThat(see(LOOPBACK, 100_000, 50, true, true)).isFalse();
  }

  @Test
  void aFewPeersAreNoProxy() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(watch.saw(LOOPBACK, 1000 + i % 49, makes(i), true, i)).isFalse();
    }
  }

  @Test
  void oneOtherAddressSettlesIt() {
    watch.saw(LOOPBACK, 1, 2, true, 0);
    watch.saw(Address.parse("127.0.0.2").orElseThrow(), 1, 2, true, 1);
    assertThat(watch.isSettled()).isTrue();
    assertThat(see(LOOPBACK, 100, 70, true, true)).isFalse();
  }

  @Test
  void aPublicAddressIsNoProxy() {
    assertThat(see(PUBLIC, 1000, 700, false, true)).isFalse();
    assertThat(watch.isSettled()).isTrue();
  }
}
