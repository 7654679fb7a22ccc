package dev.muster.protocol.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketKindTest {
  @Test
  void theRequestsOfBep15AreKnownByTheirAction() {
    RandomPackets packets = new RandomPackets(31);
    assertThat(kind(new UdpRequest.Connect(1).encode())).isEqualTo(PacketKind.CONNECT);
    byte[] announce = packets.announce().encode();
    announce[0] = (byte) 0xA0;
    assertThat(kind(announce)).isEqualTo(PacketKind.ANNOUNCE);
    byte[] scrape = packets.scrape().encode();
    scrape[0] = (byte) 0xA0;
    assertThat(kind(scrape)).isEqualTo(PacketKind.SCRAPE);
  }

  @Test
  void trapRequestsMayBeLonger() {
    assertThat(kind(Arrays.copyOf(new UdpRequest.Connect(1).encode(), 17)))
        .isEqualTo(PacketKind.CONNECT);
  }

  @Test
  void anAnnounceCutShortIsMalformed() {
    byte[] packet = new byte[98];
    ByteBuffer.wrap(packet).putInt(8, UdpPacket.ANNOUNCE);
    assertThat(kind(packet)).isEqualTo(PacketKind.ANNOUNCE);
    assertThat(kind(Arrays.copyOf(packet, 97))).isEqualTo(PacketKind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 4, 256, Integer.MIN_VALUE})
  void anUnknownActionIsMalformed(int action) {
    assertThat(kind(ByteBuffer.allocate(98).putInt(8, action).array()))
        .isEqualTo(PacketKind.MALFORMED);
  }

  @Test
  void aConnectWithWrongMagicIsMalformed() {
    byte[] packet = new UdpRequest.Connect(1).encode();
    packet[3] ^= 1;
    assertThat(kind(packet)).isEqualTo(PacketKind.MALFORMED);
  }

  @Test
  void trapADictionaryIsOfTheDht() {
    assertThat(kind("d1:ad2:id20:abcdefghij0123456789e".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(PacketKind.DHT);
    assertThat(kind(new byte[] {'d'})).isEqualTo(PacketKind.DHT);
  }

  @Test
  void trapStunIsKnownByItsCookie() {
    byte[] binding = HexFormat.of().parseHex("00010000" + "2112a442" + "00".repeat(12));
    assertThat(kind(binding)).isEqualTo(PacketKind.STUN);
    assertThat(kind(Arrays.copyOf(binding, 19))).isNotEqualTo(PacketKind.STUN);
    binding[0] = 0x40;
    assertThat(kind(binding)).isNotEqualTo(PacketKind.STUN);
  }

  @Test
  void aRendezvousIsKnownByItsFirstByte() {
    assertThat(kind(new byte[] {(byte) 0xC1})).isEqualTo(PacketKind.RENDEZVOUS);
  }

  @Test
  void lessThanARequestIsJunk() {
    for (int length = 0; length < 16; length++) {
      assertThat(kind(new byte[length])).as("length %d", length).isEqualTo(PacketKind.JUNK);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {32, 33})
  void anyBytesOfAnyLengthAreReadAlikeByViewAndRecord(long seed) {
    RandomPackets packets = new RandomPackets(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] packet = packets.bytes(packets.random().nextInt(200));
      if (packet.length >= 12 && packets.random().nextInt(4) > 0) {
        ByteBuffer.wrap(packet).putInt(8, packets.random().nextInt(4));
      }
      if (packet.length >= 8 && packets.random().nextInt(4) == 0) {
        ByteBuffer.wrap(packet).putLong(0, UdpPacket.MAGIC);
      }
      Agreement.check(packet, packets.random().nextInt(5));
    }
  }

  private static PacketKind kind(byte[] packet) {
    return PacketKind.of(ByteBuffer.wrap(packet), 0, packet.length);
  }
}
