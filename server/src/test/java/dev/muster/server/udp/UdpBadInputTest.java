package dev.muster.server.udp;

import static dev.muster.server.udp.ResponderRig.announce;
import static dev.muster.server.udp.ResponderRig.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import dev.muster.server.udp.ResponderRig.Source;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody else gets; and after each of it the door answers as before. */
class UdpBadInputTest {
  /** What the packets of every length are filled with. */
  enum Content {
    ZEROS,
    ONES,
    CONNECT,
    ANNOUNCE,
    PROVED_ANNOUNCE,
    SCRAPE,
    PROVED_SCRAPE,
    PROVED_UNKNOWN_ACTION,
    DHT,
    STUN,
    RENDEZVOUS,
    NOISE
  }

  private final ResponderRig rig = new ResponderRig();

  @AfterEach
  void theDoorAnswersAsBefore() {
    long id = rig.connect(Source.IPV4);
    assertThat(rig.send(announce(id, 5, 6881).encode(), Source.IPV4)).hasSize(50);
    assertThat(rig.send(scrape(id, 3).encode(), Source.IPV4)).hasSize(44);
  }

  @ParameterizedTest
  @EnumSource(Content.class)
  void packetsOfEveryLengthFrom0To200(Content content) {
    byte[] whole = fill(content);
    for (int length = 0; length <= 200; length++) {
      long before = dealtWith();
      byte[] reply = rig.send(Arrays.copyOf(whole, length), Source.IPV4);
      assertThat(reply.length).as("length %d", length).isEqualTo(replyLength(content, length));
      assertThat(dealtWith() - before).as("counted once, length %d", length).isOne();
    }
  }

  @Test
  void wrongMagic() {
    for (int bit = 0; bit < 64; bit++) {
      byte[] packet = new UdpRequest.Connect(1).encode();
      packet[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(rig.send(packet, Source.IPV4)).as("bit %d", bit).isEmpty();
    }
    assertThat(rig.meter.dropped()).isEqualTo(64);
    assertThat(rig.meter.connects()).isZero();
  }

  @Test
  void forgedConnectionIds() {
    SplittableRandom random = new SplittableRandom(71);
    for (int i = 0; i < 10_000; i++) {
      long forged = 0xA0L << 56 | random.nextLong() >>> 8;
      assertRefused(forged);
    }
    assertRefused(0);
    assertRefused(0x41727101980L); // the magic, which one tracker hands out as an id
    assertThat(rig.swarms.announced).isEmpty();
    assertThat(rig.swarms.touched).isEmpty();
  }

  @Test
  void staleConnectionIds() {
    long id = rig.connect(Source.IPV4);
    rig.wallSeconds += 300;
    assertRefused(id);
    rig.wallSeconds += 1_000_000;
    assertRefused(id);
  }

  @Test
  void foreignConnectionIds() {
    assertRefused(rig.connect(Source.IPV4_ELSEWHERE));
    assertRefused(rig.connect(Source.IPV6));
    assertThat(rig.swarms.announced).isEmpty();
  }

  @Test
  void scrapeOf0Hashes() {
    byte[] packet = scrape(rig.connect(Source.IPV4), 0).encode();
    assertThat(rig.error(packet, Source.IPV4)).isEqualTo("scrape of no info hash: send 1 to 74");
    assertThat(rig.error(Arrays.copyOf(packet, 35), Source.IPV4)).startsWith("scrape of no");
    assertThat(rig.refused(Refusal.EMPTY_SCRAPE)).isEqualTo(2);
  }

  @Test
  void scrapeOf0HashesFromAnUnprovedAddress() {
    assertThat(rig.send(scrape(1, 0).encode(), Source.IPV4)).isEmpty();
    assertThat(rig.meter.dropped()).isOne();
  }

  @Test
  void scrapeOf75Hashes() {
    byte[] packet = scrape(rig.connect(Source.IPV4), 75).encode();
    assertThat(rig.send(packet, Source.IPV4)).hasSize(8 + 12 * 74);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packetOf65507Bytes(boolean proved) {
    long id = rig.connect(Source.IPV4) + (proved ? 0 : 1);
    byte[] announce = Arrays.copyOf(announce(id, 5, 6881).encode(), 65_507);
    byte[] scrape = Arrays.copyOf(scrape(id, 3_000).encode(), 65_507);
    assertThat(rig.send(announce, Source.IPV4)).hasSize(proved ? 50 : 36);
    assertThat(rig.send(scrape, Source.IPV4)).hasSize(proved ? 8 + 12 * 74 : 36);
  }

  @Test
  void portZero() {
    byte[] packet = announce(rig.connect(Source.IPV4), 5, 0).encode();
    assertThat(rig.error(packet, Source.IPV4))
        .isEqualTo("port 0 cannot be reached: send the port you listen on");
    assertThat(rig.refused(Refusal.PORT)).isOne();
    assertThat(rig.swarms.announced).isEmpty();
  }

  @Test
  void announceCutShortByAProvedSender() {
    byte[] packet = announce(rig.connect(Source.IPV4), 5, 6881).encode();
    assertThat(rig.error(Arrays.copyOf(packet, 97), Source.IPV4))
        .isEqualTo("announce cut short: send 98 bytes or more, length=97");
    assertThat(rig.refused(Refusal.MALFORMED)).isOne();
  }

  @Test
  void unknownActionOfAProvedSender() {
    byte[] packet = announce(rig.connect(Source.IPV4), 5, 6881).encode();
    ByteBuffer.wrap(packet).putInt(8, -1);
    assertThat(rig.error(packet, Source.IPV4))
        .isEqualTo("unknown action: send 1 to announce, 2 to scrape, action=4294967295");
  }

  private void assertRefused(long id) {
    long before = rig.refused(Refusal.CONNECTION_ID);
    UdpResponse announced = rig.ask(announce(id, 5, 6881), Source.IPV4);
    assertThat(announced)
        .isEqualTo(new UdpResponse.Failed(0x11223344, "bad connection id, reconnect"));
    byte[] scraped = rig.send(scrape(id, 1).encode(), Source.IPV4);
    assertThat(scraped).hasSize(36);
    assertThat(rig.refused(Refusal.CONNECTION_ID)).isEqualTo(before + 2);
  }

  private byte[] fill(Content content) {
    ByteBuffer packet = ByteBuffer.allocate(200);
    new SplittableRandom(72).nextBytes(packet.array());
    packet.put(0, (byte) 0xA5); // of no other protocol, unless it is set below
    long id = rig.connect(Source.IPV4);
    switch (content) {
      case ZEROS -> Arrays.fill(packet.array(), (byte) 0);
      case ONES -> Arrays.fill(packet.array(), (byte) 0xff);
      case CONNECT -> packet.put(0, new UdpRequest.Connect(1).encode());
      case ANNOUNCE -> packet.put(0, announce(7, 5, 6881).encode());
      case PROVED_ANNOUNCE -> packet.put(0, announce(id, 5, 6881).encode());
      case SCRAPE -> packet.putInt(8, 2);
      case PROVED_SCRAPE -> packet.putLong(0, id).putInt(8, 2);
      case PROVED_UNKNOWN_ACTION -> packet.putLong(0, id).putInt(8, 9);
      case DHT -> packet.put(0, (byte) 'd');
      case STUN -> packet.put(0, (byte) 0).put(1, (byte) 1).putInt(4, 0x2112A442);
      case RENDEZVOUS -> packet.put(0, (byte) 0xC1);
      case NOISE -> {}
    }
    return packet.array();
  }

  private static int replyLength(Content content, int length) {
    return switch (content) {
      case ZEROS, ONES, DHT, STUN, RENDEZVOUS, NOISE -> 0;
      case CONNECT -> length < 16 ? 0 : 16;
      case ANNOUNCE -> length < 98 ? 0 : 36;
      case PROVED_ANNOUNCE -> {
        String error = "announce cut short: send 98 bytes or more, length=" + length;
        yield length < 16 ? 0 : length < 98 ? 8 + error.length() : 20 + 5 * 6;
      }
      case SCRAPE -> length < 36 ? 0 : 36;
      case PROVED_SCRAPE -> {
        int hashes = (length - 16) / 20;
        yield length < 16 ? 0 : length < 36 ? 8 + 36 : 8 + 12 * hashes;
      }
      case PROVED_UNKNOWN_ACTION ->
          length < 16
              ? 0
              : 8 + "unknown action: send 1 to announce, 2 to scrape, action=9".length();
    };
  }

  /** Packets that the counters know of. */
  private long dealtWith() {
    long sum = rig.meter.announces(false) + rig.meter.scrapes() + rig.meter.connects();
    for (Refusal refusal : Refusal.values()) {
      sum += rig.refused(refusal);
    }
    return sum + rig.meter.dropped();
  }
}
