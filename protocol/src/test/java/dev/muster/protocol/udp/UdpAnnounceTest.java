package dev.muster.protocol.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.MemberKind;
import dev.muster.protocol.id.Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpAnnounceTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theViewAgreesWithTheRecordOnAnyBytes(long seed) {
    RandomPackets packets = new RandomPackets(seed);
    for (int i = 0; i < 20_000; i++) {
      Agreement.check(packets.anyAnnounce(), packets.random().nextInt(5));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {14, 15})
  void theViewAgreesWithTheRecordOnWhatClientsSend(long seed) {
    RandomPackets packets = new RandomPackets(seed);
    for (int i = 0; i < 2_000; i++) {
      Agreement.check(packets.announce().encode(), packets.random().nextInt(5));
    }
  }

  @Test
  void aViewOverADirectBufferReadsTheSame() {
    UdpRequest.Announce announce = new RandomPackets(16).announce();
    byte[] packet = announce.encode();
    ByteBuffer direct = ByteBuffer.allocateDirect(2000).put(1600, packet);
    UdpAnnounce view = new UdpAnnounce().wrap(direct, 1600, packet.length, 0, 1);
    assertThat(Agreement.valueOf(view)).isEqualTo(announce.from(new Address.Ipv6(0, 1)));
  }

  @Test
  void aMappedSourceIsIpv4() {
    int address = 0xC0000201; // 192.0.2.1
    UdpAnnounce view = view(new byte[98], SourceAddress.IPV4_HIGH, SourceAddress.ipv4Low(address));
    assertThat(view.kind()).isEqualTo(MemberKind.IPV4);
    assertThat(view.ipv4()).isEqualTo(address);
  }

  @Test
  void theClaimedAddressIsNotLookedAt() {
    byte[] packet = new byte[98];
    ByteBuffer.wrap(packet).putInt(84, 0x08080808);
    assertThat(view(packet, 0, SourceAddress.ipv4Low(5)).ipv4()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, NONE",
    "1, COMPLETED",
    "2, STARTED",
    "3, STOPPED",
    "4, PAUSED",
    "5, NONE",
    "-1, NONE",
    "-2147483648, NONE",
    "67108864, NONE"
  })
  void trapEventFourIsPausedAndUnknownEventsAreNone(int number, AnnounceEvent event) {
    byte[] packet = new byte[98];
    ByteBuffer.wrap(packet).putInt(80, number);
    assertThat(view(packet).event()).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "16384, 16384",
    "9223372036854775807, 9223372036854775807", // 2^63-1
    "-9223372036854775808, 9223372036854775807", // 2^63
    "-2, 9223372036854775807", // 2^64-2
    "-1, -1" // 2^64-1
  })
  void trapLeftIsUnsignedAndAllBitsSetIsUnknown(long wire, long left) {
    byte[] packet = new byte[98];
    ByteBuffer.wrap(packet).putLong(64, wire);
    assertThat(view(packet).left()).isEqualTo(left);
    assertThat(Announce.UNKNOWN_LEFT).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"-1, -1", "-2, -1", "-2147483648, -1", "0, 0", "1, 1", "1000000000, 1000000000"})
  void trapNegativeNumWantIsTheDefaultAndZeroIsNone(int wire, int numwant) {
    byte[] packet = new byte[98];
    ByteBuffer.wrap(packet).putInt(92, wire);
    assertThat(view(packet).numwant()).isEqualTo(numwant);
  }

  @Test
  void portsAndKeysAreUnsigned() {
    byte[] packet = new byte[98];
    ByteBuffer.wrap(packet).putShort(96, (short) 0xffff).putInt(88, 0xffffffff);
    assertThat(view(packet).port()).isEqualTo(65535);
    assertThat(view(packet).key()).isEqualTo(0xffffffffL);
  }

  @Test
  void trapTwoZeroBytesOfAria2AreNoOption() {
    assertThat(urlData("0000")).isEmpty();
  }

  @Test
  void trapUrlDataOfLibtorrentCutAt255BytesIsRead() {
    assertThat(urlData("02ff" + "2f".repeat(255))).isEqualTo("/".repeat(255));
  }

  @Test
  void trapUnknownOptionsAreSkipped() {
    assertThat(urlData("0703010203" + "ff00" + "02022f61" + "9000")).isEqualTo("/a");
  }

  @Test
  void blocksOfUrlDataMakeOneText() {
    assertThat(urlData("02022f61" + "01" + "0200" + "02023f62")).isEqualTo("/a?b");
  }

  @Test
  void urlDataWithoutAPathIsEmpty() {
    assertThat(urlData("0200")).isEmpty();
  }

  @Test
  void nothingIsReadAfterTheEndOfOptions() {
    assertThat(urlData("02022f61" + "00" + "02023f62")).isEqualTo("/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "0204", "02042f61", "07", "0709ff"})
  void trapATruncatedOptionIsIgnoredAndThoseBeforeItHold(String truncated) {
    assertThat(urlData(truncated)).isEmpty();
    assertThat(urlData("02022f61" + truncated)).isEqualTo("/a");
  }

  @Test
  void aTruncatedOptionDoesNotReachIntoWhatLiesBehindThePacket() {
    byte[] bytes = HexFormat.of().parseHex("00".repeat(98) + "0204" + "2f616263");
    UdpAnnounce view = new UdpAnnounce().wrap(ByteBuffer.wrap(bytes), 0, 102, 0, 1);
    assertThat(view.urlDataLength()).isZero();
  }

  @Test
  void urlDataIsCopiedAsFarAsItFits() {
    byte[] bytes = HexFormat.of().parseHex("00".repeat(98) + "02022f61" + "02023f62");
    byte[] into = new byte[3];
    assertThat(view(bytes).copyUrlData(into)).isEqualTo(3);
    assertThat(into).asString(StandardCharsets.US_ASCII).isEqualTo("/a?");
  }

  private static String urlData(String options) {
    UdpAnnounce view = view(HexFormat.of().parseHex("00".repeat(98) + options));
    byte[] into = new byte[view.urlDataLength()];
    assertThat(view.copyUrlData(into)).isEqualTo(into.length);
    return new String(into, StandardCharsets.US_ASCII);
  }

  private static UdpAnnounce view(byte[] packet) {
    return view(packet, 0, 1);
  }

  private static UdpAnnounce view(byte[] packet, long sourceHigh, long sourceLow) {
    return new UdpAnnounce().wrap(ByteBuffer.wrap(packet), 0, packet.length, sourceHigh, sourceLow);
  }
}
