package dev.muster.server.udp;

import static dev.muster.server.udp.ResponderRig.announce;
import static dev.muster.server.udp.ResponderRig.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.udp.UdpPacket;
import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import dev.muster.server.udp.ResponderRig.Source;
import dev.muster.swarm.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client that means well gets. */
class UdpResponderTest {
  private final ResponderRig rig = new ResponderRig();

  @Test
  void aConnectIsAnsweredWithAnIdInExactlySixteenBytes() {
    byte[] reply = rig.send(new UdpRequest.Connect(0x01020304).encode(), Source.IPV4);
    assertThat(reply).hasSize(16);
    assertThat(HexFormat.of().formatHex(reply)).startsWith("00000000" + "01020304" + "a0");
    assertThat(rig.meter.connects()).isOne();
  }

  @Test
  void trapALongerConnectIsAnsweredAll() {
    assertThat(rig.send(Arrays.copyOf(new UdpRequest.Connect(1).encode(), 100), Source.IPV4))
        .hasSize(16);
  }

  @Test
  void anAnnounceIsAnsweredWithCountsIntervalAndPeersOfItsFamily() {
    UdpResponse.Announced ipv4 = announced(Source.IPV4, 5);
    assertThat(ipv4.transactionId()).isEqualTo(0x11223344);
    assertThat(ipv4.seeders()).isEqualTo(FakeSwarms.COUNTS.seeders());
    assertThat(ipv4.leechers()).isEqualTo(FakeSwarms.COUNTS.leechers());
    assertThat(ipv4.intervalSeconds()).isBetween(1620, 1980);
    assertThat(ipv4.peers()).hasSize(5).allMatch(p -> p.address() instanceof Address.Ipv4);
    UdpResponse.Announced ipv6 = announced(Source.IPV6, 5);
    assertThat(ipv6.peers()).hasSize(5).allMatch(p -> p.address() instanceof Address.Ipv6);
    assertThat(rig.meter.announces(false)).isOne();
    assertThat(rig.meter.announces(true)).isOne();
    assertThat(rig.meter.peersGiven()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"-1, 50", "0, 0", "1, 1", "200, 200", "1000000000, 200"})
  void trapNumWantIsRespected(int numwant, int peers) {
    assertThat(announced(Source.IPV4, numwant).peers()).hasSize(peers);
  }

  @Test
  void trapAReplyIsExactToTheByteAndAsLongAsTheCapAtMost() {
    long ipv4 = rig.connect(Source.IPV4);
    assertThat(rig.send(announce(ipv4, 1000, 6881).encode(), Source.IPV4)).hasSize(20 + 6 * 200);
    long ipv6 = rig.connect(Source.IPV6);
    assertThat(rig.send(announce(ipv6, 1000, 6881).encode(), Source.IPV6)).hasSize(20 + 18 * 66);
  }

  @Test
  void aSmallerCapGivesFewerPeers() {
    ResponderRig small = new ResponderRig(200);
    long id = small.connect(Source.IPV4);
    assertThat(small.send(announce(id, 100, 6881).encode(), Source.IPV4)).hasSize(20 + 6 * 30);
    assertThat(small.send(scrape(id, 74).encode(), Source.IPV4)).hasSize(8 + 12 * 16);
  }

  @Test
  void trapEventFourIsAnsweredLikeAnyOther() {
    byte[] packet = announce(rig.connect(Source.IPV4), 5, 6881).encode();
    for (int event = -1; event < 8; event++) {
      ByteBuffer.wrap(packet).putInt(80, event);
      assertThat(rig.ask(packet, Source.IPV4)).isInstanceOf(UdpResponse.Announced.class);
    }
    assertThat(AnnounceEvent.ofNumber(4)).isEqualTo(AnnounceEvent.PAUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000", "02ff", "070141", "02042f616263", "ffffffffff"})
  void trapBytesAfterAnAnnounceDoNoHarm(String options) {
    byte[] announce = announce(rig.connect(Source.IPV4), 5, 6881).encode();
    byte[] longer = Arrays.copyOf(announce, 98 + options.length() / 2);
    System.arraycopy(HexFormat.of().parseHex(options), 0, longer, 98, options.length() / 2);
    assertThat(rig.ask(longer, Source.IPV4)).isInstanceOf(UdpResponse.Announced.class);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "74, 74", "75, 74", "79, 74"})
  void trapAScrapeOfUpTo74HashesIsAnsweredAndMoreAreCut(int asked, int answered) {
    UdpResponse.Scraped scraped =
        (UdpResponse.Scraped) rig.ask(scrape(rig.connect(Source.IPV4), asked), Source.IPV4);
    assertThat(scraped.transactionId()).isEqualTo(0x55667788);
    assertThat(scraped.swarms())
        .hasSize(answered)
        .containsOnly(new UdpResponse.Scraped.Swarm(3, 5, 4));
    assertThat(rig.meter.scrapes()).isOne();
  }

  @Test
  void trapBytesAfterTheLastHashOfAScrapeArePassedOver() {
    byte[] packet = scrape(rig.connect(Source.IPV4), 2).encode();
    byte[] reply = rig.send(Arrays.copyOf(packet, packet.length + 19), Source.IPV4);
    assertThat(reply).hasSize(8 + 12 * 2);
  }

  @Test
  void trapAnIdIsSharedByAllPortsOfAnAddressAndGoodForMinutes() {
    long id = rig.connect(Source.IPV4);
    rig.wallSeconds += 150;
    assertThat(rig.ask(announce(id, 5, 6881), Source.IPV4))
        .isInstanceOf(UdpResponse.Announced.class);
    assertThat(rig.ask(announce(id, 5, 6882), Source.IPV4))
        .isInstanceOf(UdpResponse.Announced.class);
  }

  @Test
  void trapAStaleIdIsAnErrorAndNeverABan() {
    long id = rig.connect(Source.IPV4);
    rig.wallSeconds += 300;
    for (int i = 0; i < 1_000; i++) {
      assertThat(rig.error(announce(id, 5, 6881).encode(), Source.IPV4))
          .isEqualTo("bad connection id, reconnect");
    }
    assertThat(rig.refused(Refusal.CONNECTION_ID)).isEqualTo(1_000);
    assertThat(announced(Source.IPV4, 5).peers()).hasSize(5);
  }

  @Test
  void everySwarmOfABatchIsTouchedBeforeTheFirstIsAnswered() {
    long id = rig.connect(Source.IPV4);
    List<byte[]> packets = new ArrayList<>();
    packets.add(announce(id, 1, 6881).encode());
    packets.add(scrape(id, 1).encode());
    packets.add(announce(id + 1, 1, 6881).encode()); // not proved: costs no memory access
    packets.add(announce(id, 1, 6882).encode());
    packets.add(new byte[3]);
    List<byte[]> replies = rig.sendAll(packets, Source.IPV4);
    assertThat(rig.swarms.touched).containsExactly(ResponderRig.HASH, ResponderRig.HASH);
    assertThat(rig.swarms.touchedBefore).last().isEqualTo(0);
    assertThat(rig.swarms.announced).hasSize(2);
    assertThat(replies).extracting(reply -> reply.length).containsExactly(26, 20, 36, 26, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"NO_ROOM_FOR_SWARM", "NO_ROOM_FOR_PEER"})
  void aFullStoreIsToldWithTheTimeToWait(Verdict verdict) {
    rig.swarms.verdict = verdict;
    String error = rig.error(announce(rig.connect(Source.IPV4), 5, 6881).encode(), Source.IPV4);
    assertThat(error).startsWith("tracker full").matches(".*seconds=1[6-9]\\d\\d");
    assertThat(rig.refused(Refusal.valueOf(verdict.name()))).isOne();
    assertThat(rig.meter.announces(false)).isZero();
  }

  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException("for the test"), new StackOverflowError("for the test"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultOfOursIsAnErrorToTheProvedAndTheRestOfTheBatchIsAnswered(Throwable fault) {
    long id = rig.connect(Source.IPV4);
    rig.swarms.fault = fault;
    List<byte[]> replies =
        rig.sendAll(List.of(announce(id, 5, 6881).encode(), scrape(id, 1).encode()), Source.IPV4);
    assertThat(new String(replies.get(0), 8, replies.get(0).length - 8, StandardCharsets.US_ASCII))
        .isEqualTo("internal error: try again later");
    assertThat(replies.get(1)).hasSize(20);
    assertThat(rig.refused(Refusal.INTERNAL)).isOne();
  }

  @Test
  void noReplyOfOursSentBackToUsGoesOnForEver() {
    long id = rig.connect(Source.IPV4);
    List<byte[]> replies =
        List.of(
            rig.send(new UdpRequest.Connect(UdpPacket.ANNOUNCE).encode(), Source.IPV4),
            rig.send(announce(id, 200, 6881).encode(), Source.IPV4),
            rig.send(scrape(id, 74).encode(), Source.IPV4),
            rig.send(announce(id, 5, 0).encode(), Source.IPV4),
            rig.send(announce(0, 5, 6881).encode(), Source.IPV4));
    for (byte[] reply : replies) {
      byte[] echo = rig.send(reply, Source.IPV4);
      assertThat(rig.send(echo, Source.IPV4)).isEmpty();
    }
  }

  private UdpResponse.Announced announced(Source source, int numwant) {
    byte[] packet = announce(rig.connect(source), Math.max(numwant, -1), 6881).encode();
    return (UdpResponse.Announced) rig.ask(packet, source);
  }
}
