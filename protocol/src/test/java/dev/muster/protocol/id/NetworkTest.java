package dev.muster.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::/32, 2001:db8:ffff::, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/65, 2001:db8:0:0:7fff::, true",
    "2001:db8::/65, 2001:db8:0:0:8000::, false",
    "::1, ::1, true",
    "::1, ::2, false"
  })
  void anAddressIsInTheNetworkWhoseFirstBitsItHas(String network, String address, boolean in) {
    assertThat(Network.parse(network).orElseThrow().contains(Address.parse(address).orElseThrow()))
        .isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "x/8",
        "10.0.0.0/0008",
        "/8"
      })
  void whatIsNotANetworkIsNotRead(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @Test
  void theBaseIsTheFirstAddress() {
    assertThat(Network.parse("10.1.2.3/8").orElseThrow()).hasToString("10.0.0.0/8");
    assertThat(Network.parse("2001:db8::1/64").orElseThrow()).hasToString("2001:db8::/64");
  }

  @Test
  void aPrefixOutOfRangeIsNamed() {
    assertThatThrownBy(() -> new Network(new Address.Ipv4(0), 33))
        .hasMessageContaining("prefix=33");
  }

  @Test
  void everyPrefixAgreesWithArithmetic() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int prefix = 0; prefix <= 128; prefix++) {
      Address.Ipv6 base = new Address.Ipv6(random.nextLong(), random.nextLong());
      Network network = new Network(base, prefix);
      for (int flipped = 0; flipped < 128; flipped++) {
        BigInteger bits = new BigInteger(1, base.bytes()).flipBit(127 - flipped);
        Address other = new Address.Ipv6(bits.shiftRight(64).longValue(), bits.longValue());
        assertThat(network.contains(other))
            .as("seed %d, bit %d of /%d", seed, flipped, prefix)
            .isEqualTo(flipped >= prefix);
      }
    }
  }
}
