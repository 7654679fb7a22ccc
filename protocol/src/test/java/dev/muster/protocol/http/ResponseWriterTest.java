package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BencodeException;
import dev.muster.protocol.bencode.BencodeLimits;
import dev.muster.protocol.bencode.BencodeReader;
import dev.muster.protocol.bencode.BencodeWriter;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResponseWriterTest {
  private static final Address IPV4 = new Address.Ipv4(0xc0000201);
  private static final Address IPV6 = new Address.Ipv6(0x20010db800000000L, 1);

  private final BencodeWriter out = new BencodeWriter(16);
  private final CompactPeers peers = new CompactPeers();
  private final CompactPeers peers6 = new CompactPeers();

  private String announce(Address caller) {
    out.clear();
    ResponseWriter.announce(out, 1, 2, 3, caller, 1800, 900, peers, peers6);
    return new String(out.toByteArray(), ISO_8859_1);
  }

  @Test
  void trapPeersAreAlwaysThereEvenIfEmpty() {
    assertThat(announce(IPV4))
        .isEqualTo(
            "d8:completei1e10:downloadedi3e11:external ip4:\u00c0\0\2\u000110:incompletei2e"
                + "8:intervali1800e12:min intervali900e5:peers0:e");
    assertThat(announce(IPV6)).endsWith("5:peers0:6:peers60:e");
  }

  @Test
  void contactsAreDictionariesWithoutWhatIsNotKnown() throws BencodeException {
    ContactPeers contacts = new ContactPeers();
    contacts.add(0xc0000207, 6881, 40, 0x139b);
    contacts.add(0x20010db800000000L, 1, 65535, 1 << 20, 0);
    for (int i = 0; i < 100; i++) {
      contacts.add(i, 1, i, 0xffff);
    }
    ResponseWriter.announce(out, 1, 2, 3, IPV4, 1800, 900, contacts);
    BencodeReader.strict(out.toByteArray(), BencodeLimits.TRACKER_REPLY);
    assertThat(new String(out.toByteArray(), ISO_8859_1))
        .startsWith("d8:completei1e7:contacti1e10:downloadedi3e11:external ip4:")
        .contains(
            "5:peersld4:capsi19e4:downi11e2:ip9:192.0.2.79:last seeni40e4:porti6881e2:upi9ee"
                + "d2:ip11:2001:db8::19:last seeni65535e4:porti65535ee"
                + "d4:capsi255e4:downi15e2:ip7:0.0.0.09:last seeni0e4:porti1e2:upi15ee")
        .endsWith("9:last seeni99e4:porti1e2:upi15eeee");
    contacts.clear();
    out.clear();
    ResponseWriter.announce(out, 1, 2, 3, IPV4, 1800, 900, contacts);
    assertThat(new String(out.toByteArray(), ISO_8859_1)).endsWith("5:peerslee");
  }

  @Test
  void trapKeysWithSpacesSortBeforeLetters() throws BencodeException {
    peers6.add(1, 2, 3);
    announce(IPV4);
    BencodeReader.strict(out.toByteArray(), BencodeLimits.TRACKER_REPLY);
    out.clear();
    ResponseWriter.failure(out, "no", 60);
    BencodeReader.strict(out.toByteArray(), BencodeLimits.TRACKER_REPLY);
  }

  @Test
  void bothFamiliesAreGiven() {
    peers.add(0x7f000001, 6881);
    peers6.add(0x20010db800000000L, 1, 65535);
    assertThat(TrackerResponse.ofAnnounce(announce(IPV4).getBytes(ISO_8859_1)))
        .isInstanceOfSatisfying(
            TrackerResponse.Announced.class,
            answer -> {
              assertThat(answer.peers())
                  .map(Endpoint::toString)
                  .containsExactly("127.0.0.1:6881", "[2001:db8::1]:65535");
              assertThat(answer.externalIp()).contains(IPV4);
              assertThat(answer.interval()).hasValue(1800);
              assertThat(answer.minInterval()).hasValue(900);
              assertThat(answer.seeders()).hasValue(1);
              assertThat(answer.leechers()).hasValue(2);
              assertThat(answer.downloaded()).hasValue(3);
            });
  }

  @Test
  void theListsAreUsedAgain() {
    peers.add(1, 2);
    peers.clear();
    assertThat(announce(IPV4)).endsWith("5:peers0:e");
  }

  @Test
  void randomAnnouncesAreReadBack() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      peers.clear();
      peers6.clear();
      List<Endpoint> all = new ArrayList<>();
      for (int n = random.nextInt(300); n > 0; n--) {
        Address.Ipv4 address = new Address.Ipv4(random.nextInt());
        int port = random.nextInt(1, 65536);
        peers.add(address.bits(), port);
        all.add(new Endpoint(address, port));
      }
      for (int n = random.nextInt(300); n > 0; n--) {
        Address.Ipv6 address = new Address.Ipv6(random.nextLong() | 1, random.nextLong());
        int port = random.nextInt(1, 65536);
        peers6.add(address.high(), address.low(), port);
        all.add(new Endpoint(address, port));
      }
      TrackerResponse answer = TrackerResponse.ofAnnounce(announce(IPV6).getBytes(ISO_8859_1));
      assertThat(((TrackerResponse.Announced) answer).peers()).as("seed %d", seed).isEqualTo(all);
    }
  }

  @Test
  void trapAFailureHoldsAnInterval() {
    ResponseWriter.failure(out, "port is missing", 1801);
    assertThat(new String(out.toByteArray(), ISO_8859_1))
        .isEqualTo(
            "d14:failure reason15:port is missing8:intervali1801e12:min intervali1801e8:retry in2:31e");
    assertThat(TrackerResponse.ofAnnounce(out.toByteArray()))
        .isEqualTo(
            new TrackerResponse.Failed(
                "port is missing", OptionalInt.of(1801), OptionalInt.of(31), false));
  }

  @Test
  void aScrapeIsSortedAsUnsignedBytes() throws BencodeException {
    InfoHash low = InfoHash.ofHex("7f".repeat(20));
    InfoHash high = InfoHash.ofHex("80".repeat(20));
    ResponseWriter.beginScrape(out);
    ResponseWriter.scraped(out, low, 0, 0, 0, 0);
    ResponseWriter.scraped(out, high, 1, 5, 2, 9);
    ResponseWriter.endScrape(out, 900);
    byte[] body = out.toByteArray();
    assertThat(((BDictionary) BencodeReader.strict(body, BencodeLimits.TRACKER_REPLY)).entries())
        .hasSize(2);
    assertThat(TrackerResponse.ofScrape(body))
        .isInstanceOfSatisfying(
            TrackerResponse.Scraped.class,
            answer -> {
              assertThat(answer.minRequestInterval()).hasValue(900);
              assertThat(answer.swarms()).hasSize(2);
              assertThat(answer.swarms().get(high))
                  .isEqualTo(new TrackerResponse.Counts(1, 5, OptionalInt.of(3), 9));
            });
  }
}
