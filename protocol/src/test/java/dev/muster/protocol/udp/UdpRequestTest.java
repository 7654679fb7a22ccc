package dev.muster.protocol.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpRequestTest {
  private static final InfoHash HASH = InfoHash.ofHex("000102030405060708090a0b0c0d0e0f10111213");
  private static final PeerId PEER = PeerId.ofHex("2d4d55303030302da0a1a2a3a4a5a6a7a8a9aaab");

  @Test
  void aConnectIsSixteenBytes() {
    assertThat(hex(new UdpRequest.Connect(0x11223344).encode()))
        .isEqualTo("0000041727101980" + "00000000" + "11223344");
  }

  @Test
  void trapAnnounceHasDownloadedThenLeftThenUploaded() {
    UdpRequest.Announce announce =
        new UdpRequest.Announce(
            0xa0b1c2d3e4f50617L,
            0x11223344,
            HASH,
            PEER,
            0xd0d0L,
            0xeeL,
            0xffL,
            AnnounceEvent.PAUSED,
            0,
            0x55667788,
            Announce.DEFAULT_NUMWANT,
            6881,
            "/a?b");
    assertThat(hex(announce.encode()))
        .isEqualTo(
            "a0b1c2d3e4f50617"
                + "00000001"
                + "11223344"
                + HASH
                + "2d4d55303030302da0a1a2a3a4a5a6a7a8a9aaab"
                + "000000000000d0d0" // downloaded
                + "00000000000000ee" // left
                + "00000000000000ff" // uploaded
                + "00000004"
                + "00000000"
                + "55667788"
                + "ffffffff"
                + "1ae1"
                + "0204"
                + "2f613f62");
  }

  @Test
  void aScrapeIsItsHashesInARow() {
    assertThat(hex(new UdpRequest.Scrape(1, 2, List.of(HASH, HASH)).encode()))
        .isEqualTo("0000000000000001" + "00000002" + "00000002" + HASH + HASH);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyRequestIsReadAsItWasWritten(long seed) {
    RandomPackets packets = new RandomPackets(seed);
    for (int i = 0; i < 2_000; i++) {
      UdpRequest request =
          switch (packets.random().nextInt(3)) {
            case 0 -> new UdpRequest.Connect(packets.random().nextInt());
            case 1 -> packets.announce();
            default -> packets.scrape();
          };
      assertThat(UdpRequest.decode(ByteBuffer.wrap(request.encode())))
          .as("seed %d, request %d", seed, i)
          .contains(request);
    }
  }

  @Test
  void bytesAfterAConnectArePassedOver() {
    byte[] longer = Arrays.copyOf(new UdpRequest.Connect(7).encode(), 40);
    assertThat(UdpRequest.decode(ByteBuffer.wrap(longer))).contains(new UdpRequest.Connect(7));
  }

  @Test
  void aConnectWithAnotherMagicIsNone() {
    byte[] packet = new UdpRequest.Connect(7).encode();
    packet[7]++;
    assertThat(UdpRequest.decode(ByteBuffer.wrap(packet))).isEmpty();
  }

  @Test
  void whatIsCutShortIsNone() {
    byte[] announce = new RandomPackets(4).announce().encode();
    for (int length = 0; length < 98; length++) {
      Optional<UdpRequest> read = UdpRequest.decode(ByteBuffer.wrap(announce, 0, length));
      assertThat(read).as("length %d", length).isEmpty();
    }
  }

  @Test
  void theBufferStaysAsItIs() {
    ByteBuffer packet = ByteBuffer.wrap(new byte[30]).position(3).limit(21);
    ByteBuffer before = packet.duplicate();
    UdpRequest.decode(packet);
    assertThat(packet.position()).isEqualTo(before.position());
    assertThat(packet.limit()).isEqualTo(before.limit());
  }

  @Test
  void urlDataLongerThanABlockIsWrittenInSeveral() {
    UdpRequest.Announce announce = withUrlData("x".repeat(300));
    byte[] packet = announce.encode();
    assertThat(packet).hasSize(98 + 2 + 255 + 2 + 45);
    assertThat(UdpRequest.decode(ByteBuffer.wrap(packet))).contains(announce);
  }

  @Test
  void numbersOutOfRangeCannotBeSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> announce(-2, 50, 6881))
        .withMessageContaining("left=-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> announce(0, -2, 6881))
        .withMessageContaining("numwant=-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> announce(0, 50, 65536))
        .withMessageContaining("port=65536");
  }

  private static UdpRequest.Announce announce(long left, int numwant, int port) {
    return new UdpRequest.Announce(
        0, 0, HASH, PEER, 0, left, 0, AnnounceEvent.NONE, 0, 0, numwant, port, "");
  }

  private static UdpRequest.Announce withUrlData(String urlData) {
    return new UdpRequest.Announce(
        0, 0, HASH, PEER, 0, 0, 0, AnnounceEvent.NONE, 0, 0, 50, 6881, urlData);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
