package dev.muster.protocol.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpResponseTest {
  private static final int OFFSET = 3;

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void theWritersWriteWhatTheRecordsSayAndItIsReadBack(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      boolean ipv6 = random.nextBoolean();
      UdpResponse response = response(random, ipv6);
      ByteBuffer out = ByteBuffer.allocate(8_192).position(1);
      byte[] written = new byte[write(response, out, ipv6)];
      out.get(OFFSET, written);
      assertThat(written).as("seed %d, response %d", seed, i).isEqualTo(response.encode());
      assertThat(UdpResponse.decode(ByteBuffer.wrap(written), ipv6)).contains(response);
    }
  }

  @Test
  void trapAConnectReplyHasExactlySixteenBytes() {
    byte[] bytes = new UdpResponse.Connected(7, 0xA0L << 56).encode();
    assertThat(hex(bytes)).isEqualTo("00000000" + "00000007" + "a000000000000000");
    assertThat(UdpReplies.CONNECT_LENGTH).isEqualTo(16);
  }

  @Test
  void trapAnAnnounceIsToldLeechersThenSeeders() {
    Endpoint peer = new Endpoint(new Address.Ipv4(0xC0000201), 6881);
    byte[] bytes = new UdpResponse.Announced(7, 1800, 2, 3, List.of(peer)).encode();
    assertThat(hex(bytes))
        .isEqualTo("00000001" + "00000007" + "00000708" + "00000002" + "00000003" + "c00002011ae1");
  }

  @Test
  void trapAScrapeIsToldSeedersThenCompletedThenLeechers() {
    byte[] bytes =
        new UdpResponse.Scraped(7, List.of(new UdpResponse.Scraped.Swarm(1, 2, 3))).encode();
    assertThat(hex(bytes))
        .isEqualTo("00000002" + "00000007" + "00000001" + "00000002" + "00000003");
  }

  @Test
  void trapAnErrorEndsWithoutANul() {
    ByteBuffer out = ByteBuffer.allocate(40);
    int length = UdpReplies.putError(out, 0, 7, "no".getBytes(StandardCharsets.US_ASCII));
    assertThat(hex(Arrays.copyOf(out.array(), length))).isEqualTo("00000003" + "00000007" + "6e6f");
  }

  @Test
  void trapTheNulThatOpentrackerPutsAfterAnErrorIsTakenOff() {
    byte[] packet = HexFormat.of().parseHex("00000003" + "00000007" + "6e6f" + "00");
    assertThat(UdpResponse.decode(ByteBuffer.wrap(packet), false))
        .contains(new UdpResponse.Failed(7, "no"));
  }

  @Test
  void trapTheFamilyOfThePacketDecidesHowLongAPeerIs() {
    byte[] packet = new byte[20 + 18];
    packet[3] = 1;
    packet[20] = 0x20;
    packet[25] = 1; // a port for the first IPv4 peer
    packet[37] = 9; // and one for the only IPv6 peer
    assertThat(announced(packet, true).peers())
        .containsExactly(new Endpoint(new Address.Ipv6(0x2000000000010000L, 0), 9));
    assertThat(announced(packet, false).peers())
        .containsExactly(
            new Endpoint(new Address.Ipv4(0x20000000), 1), new Endpoint(new Address.Ipv4(0), 9));
  }

  @Test
  void peersAtPortZeroAndBytesAfterTheLastWholePeerArePassedOver() {
    byte[] packet = new byte[20 + 6 + 5];
    packet[3] = 1;
    assertThat(announced(packet, false).peers()).isEmpty();
  }

  @Test
  void whatIsCutShortOrOfAnUnknownActionIsNone() {
    assertThat(UdpResponse.decode(ByteBuffer.allocate(7), false)).isEmpty();
    assertThat(UdpResponse.decode(ByteBuffer.allocate(15), false)).isEmpty();
    assertThat(UdpResponse.decode(ByteBuffer.allocate(19).putInt(0, 1), false)).isEmpty();
    assertThat(UdpResponse.decode(ByteBuffer.allocate(40).putInt(0, 4), false)).isEmpty();
  }

  private static UdpResponse.Announced announced(byte[] packet, boolean ipv6) {
    return (UdpResponse.Announced) UdpResponse.decode(ByteBuffer.wrap(packet), ipv6).orElseThrow();
  }

  private static UdpResponse response(SplittableRandom random, boolean ipv6) {
    int transactionId = random.nextInt();
    return switch (random.nextInt(4)) {
      case 0 -> new UdpResponse.Connected(transactionId, random.nextLong());
      case 1 -> {
        List<Endpoint> peers = new ArrayList<>();
        for (int n = random.nextInt(200); n > 0; n--) {
          Address address =
              ipv6
                  ? new Address.Ipv6(random.nextLong() | 1, random.nextLong())
                  : new Address.Ipv4(random.nextInt());
          peers.add(new Endpoint(address, random.nextInt(1, 65536)));
        }
        yield new UdpResponse.Announced(
            transactionId, random.nextInt(), random.nextInt(), random.nextInt(), peers);
      }
      case 2 -> {
        List<UdpResponse.Scraped.Swarm> swarms = new ArrayList<>();
        for (int n = random.nextInt(75); n > 0; n--) {
          swarms.add(
              new UdpResponse.Scraped.Swarm(random.nextInt(), random.nextInt(), random.nextInt()));
        }
        yield new UdpResponse.Scraped(transactionId, swarms);
      }
      default -> new UdpResponse.Failed(transactionId, "no, " + random.nextLong());
    };
  }

  private static int write(UdpResponse response, ByteBuffer out, boolean ipv6) {
    return switch (response) {
      case UdpResponse.Connected r ->
          UdpReplies.putConnect(out, OFFSET, r.transactionId(), r.connectionId());
      case UdpResponse.Announced r -> {
        UdpReplies.putAnnounceHeader(
            out, OFFSET, r.transactionId(), r.intervalSeconds(), r.leechers(), r.seeders());
        for (int i = 0; i < r.peers().size(); i++) {
          int port = r.peers().get(i).port();
          switch (r.peers().get(i).address()) {
            case Address.Ipv4(int bits) -> UdpReplies.putIpv4Peer(out, OFFSET, i, bits, port);
            case Address.Ipv6(long high, long low) ->
                UdpReplies.putIpv6Peer(out, OFFSET, i, high, low, port);
          }
        }
        yield UdpReplies.ANNOUNCE_HEADER
            + r.peers().size() * (ipv6 ? UdpReplies.IPV6_PEER : UdpReplies.IPV4_PEER);
      }
      case UdpResponse.Scraped r -> {
        UdpReplies.putScrapeHeader(out, OFFSET, r.transactionId());
        for (int i = 0; i < r.swarms().size(); i++) {
          UdpResponse.Scraped.Swarm s = r.swarms().get(i);
          UdpReplies.putScrapeEntry(out, OFFSET, i, s.seeders(), s.completed(), s.leechers());
        }
        yield UdpReplies.SCRAPE_HEADER + UdpReplies.SCRAPE_ENTRY * r.swarms().size();
      }
      case UdpResponse.Failed r ->
          UdpReplies.putError(
              out, OFFSET, r.transactionId(), r.message().getBytes(StandardCharsets.UTF_8));
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
