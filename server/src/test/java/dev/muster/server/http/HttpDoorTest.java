package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static dev.muster.server.http.Rig.HASH;
import static dev.muster.server.http.Rig.HASH_HEX;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.http.TrackerResponse;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.swarm.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDoorTest {
  private static final InfoHash SWARM = InfoHash.ofHex(HASH_HEX);

  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = Rig.open();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Endpoint endpoint(String text) {
    return Endpoint.parse(text).orElseThrow();
  }

  @Test
  void anAnnounceIsFiledAndAnswered() throws IOException {
    rig.swarms.add(SWARM, endpoint("127.0.0.9:1234"), true);
    Answer answer = rig.get(ANNOUNCE + "&event=started");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo("HTTP/1.1");
    assertThat(answer.header("content-type")).isEqualTo("text/plain");
    TrackerResponse.Announced announced = answer.announced();
    assertThat(announced.peers()).containsExactly(endpoint("127.0.0.9:1234"));
    assertThat(announced.seeders()).hasValue(1);
    assertThat(announced.leechers()).hasValue(1);
    assertThat(announced.interval().orElseThrow()).isBetween(1620, 1980);
    assertThat(announced.minInterval()).hasValue(900);
    assertThat(announced.externalIp()).contains(new Address.Ipv4(0x7f000001));
    assertThat(rig.swarms.last().event()).isEqualTo(AnnounceEvent.STARTED);
    assertThat(rig.swarms.last().port()).isEqualTo(6881);
    assertThat(rig.swarms.last().address()).isEqualTo(new Address.Ipv4(0x7f000001));
    assertThat(rig.meter.announces(false)).isEqualTo(1);
    assertThat(rig.meter.peersGiven()).isEqualTo(1);
  }

  @Test
  void bothFamiliesAreGivenToEither() throws IOException {
    rig.swarms.add(SWARM, endpoint("127.0.0.9:1"), true);
    rig.swarms.add(SWARM, endpoint("[2001:db8::9]:2"), true);
    assertThat(rig.get(ANNOUNCE).announced().peers())
        .containsExactly(endpoint("127.0.0.9:1"), endpoint("[2001:db8::9]:2"));
  }

  @Test
  void trapCompactZeroIsAnsweredInCompactForm() throws IOException {
    rig.swarms.add(SWARM, endpoint("127.0.0.9:1"), true);
    assertThat(rig.get(ANNOUNCE + "&compact=0&no_peer_id=1").text())
        .contains("5:peers6:\u007f\0\0\u0009\0\1");
  }

  @Test
  void whoAsksForContactsIsToldWhatIsKnownOfEach() throws IOException {
    rig.swarms.add(SWARM, endpoint("127.0.0.9:1"), true);
    rig.swarms.add(SWARM, endpoint("[2001:db8::9]:2"), true);
    Answer answer = rig.get(ANNOUNCE + "&contact=1&compact=1&caps=3&up=1&down=2");
    assertThat(answer.text())
        .startsWith("d8:completei2e7:contacti1e10:downloaded")
        .endsWith(
            "5:peersl"
                + "d4:capsi19e4:downi11e2:ip9:127.0.0.99:last seeni40e4:porti1e2:upi9ee"
                + "d4:capsi19e4:downi11e2:ip11:2001:db8::99:last seeni40e4:porti2e2:upi9ee"
                + "ee");
    assertThat(answer.announced().peers())
        .containsExactly(endpoint("127.0.0.9:1"), endpoint("[2001:db8::9]:2"));
    assertThat(rig.swarms.last().metadata()).isEqualTo(0x0312);
    assertThat(rig.meter.peersGiven()).isEqualTo(2);
    assertThat(rig.get(ANNOUNCE).text()).as("the next one").contains("5:peers6:");
  }

  @Test
  void trapPeersAreThereEvenIfThereAreNone() throws IOException {
    assertThat(rig.get(ANNOUNCE).text()).endsWith("5:peers0:e");
  }

  @Test
  void numwantIsCappedByThePolicy() throws IOException {
    for (int port = 1; port <= 300; port++) {
      rig.swarms.add(SWARM, endpoint("127.0.0.9:" + port), true);
    }
    assertThat(rig.get(ANNOUNCE).announced().peers()).hasSize(50);
    assertThat(rig.get(ANNOUNCE + "&numwant=0").announced().peers()).isEmpty();
    assertThat(rig.get(ANNOUNCE + "&numwant=1").announced().peers()).hasSize(1);
    assertThat(rig.get(ANNOUNCE + "&numwant=-1").announced().peers()).hasSize(50);
    assertThat(rig.get(ANNOUNCE + "&numwant=1000000000").announced().peers()).hasSize(200);
    assertThat(rig.get(ANNOUNCE + "&numwant=text").announced().peers()).hasSize(50);
  }

  @Test
  void bothFamiliesReachAWildcardDoor() throws IOException {
    try (Rig both = Rig.open(s -> Rig.listening(s, new InetSocketAddress(0)))) {
      int port = both.address().getPort();
      try (RawClient client = new RawClient(new InetSocketAddress("127.0.0.1", port))) {
        assertThat(client.get(ANNOUNCE).announced().externalIp())
            .contains(new Address.Ipv4(0x7f000001)); // and not ::ffff:127.0.0.1
      }
      try (RawClient client = new RawClient(new InetSocketAddress("::1", port))) {
        Answer answer = client.get(ANNOUNCE);
        assertThat(answer.announced().externalIp()).contains(new Address.Ipv6(0, 1));
        assertThat(answer.text()).contains("5:peers6:").endsWith("6:peers60:e");
      }
      assertThat(both.meter.announces(true)).isEqualTo(1);
      assertThat(both.meter.announces(false)).isEqualTo(1);
    }
  }

  @Test
  void aDoorHasSeveralAddresses() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
    try (Rig two = Rig.open(s -> Rig.listening(s, loopback, new InetSocketAddress("::1", 0)))) {
      assertThat(two.door.addresses()).hasSize(2).allMatch(address -> address.getPort() > 0);
      for (InetSocketAddress address : two.door.addresses()) {
        try (RawClient client = new RawClient(address)) {
          assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void aSystemWithoutEpollIsServedToo() throws IOException {
    try (Rig nio = Rig.openOnNio()) {
      try (RawClient client = nio.client()) {
        assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
        assertThat(client.get("/x").status()).isEqualTo(404);
        client.sendWhileTaken(("GET /" + "x".repeat(1 << 20)).getBytes(ISO_8859_1));
        assertThat(client.read().status()).isEqualTo(414);
        assertThat(client.isClosed()).isTrue();
      }
      try (RawClient client = nio.client()) {
        client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(client.read().announced().interval()).isNotEmpty();
        assertThat(client.isClosed()).isTrue();
      }
      nio.assertAnswersAsBefore();
    }
  }

  // -- connections with one request

  @Test
  void manyConnectionsWithOneRequestEachAreCountedAndLeaveNothing() throws IOException {
    for (int i = 0; i < 300; i++) {
      try (RawClient client = rig.client()) {
        client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.socket().getInputStream().read()).as("no reset").isEqualTo(-1);
      }
    }
    assertThat(rig.meter.announces(false)).isEqualTo(300);
    assertThat(rig.meter.connections()).isZero();
    assertThat(rig.meter.latency().sumNanos()).isPositive();
  }

  @Test
  void anAnswerThatTheSocketDoesNotTakeAtOnceIsSentToItsEnd() throws IOException {
    StringBuilder scrape = new StringBuilder("/scrape?");
    for (int i = 0; i < 250; i++) {
      scrape.append("info_hash=").append(String.format("%020d", i)).append('&');
    }
    try (RawClient client = new RawClient(rig.address(), 1024)) {
      client.send("GET " + scrape + " HTTP/1.1\r\nConnection: close\r\n\r\n");
      Rig.await("it is answered", () -> rig.meter.scrapes() == 1);
      assertThat(client.read().scraped().swarms()).hasSize(250);
      assertThat(client.isClosed()).isTrue();
    }
  }

  // -- failures

  @Test
  void trapAFailureIsHttp200WithAnInterval() throws IOException {
    Answer answer = rig.get("/announce?info_hash=" + HASH + "&peer_id=-qB5000-abcdefghijkl&port=0");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.failed())
        .isEqualTo(
            new TrackerResponse.Failed(
                "port has to be 1 to 65535, not '0'",
                OptionalInt.of(1800),
                OptionalInt.of(30),
                false));
    assertThat(rig.refused(Refusal.PORT)).isEqualTo(1);
  }

  @Test
  void anAnnounceForWhichThereIsNoRoomIsToldWhenToComeBack() throws IOException {
    rig.swarms.say(Verdict.NO_ROOM_FOR_SWARM);
    assertThat(rig.get(ANNOUNCE).failed().interval().orElseThrow()).isBetween(1620, 1980);
    rig.swarms.say(Verdict.NO_ROOM_FOR_PEER);
    assertThat(rig.get(ANNOUNCE).failed().reason()).contains("no room for new peers");
    assertThat(rig.refused(Refusal.NO_ROOM_FOR_SWARM)).isEqualTo(1);
    assertThat(rig.refused(Refusal.NO_ROOM_FOR_PEER)).isEqualTo(1);
    assertThat(rig.meter.announces(false)).isZero();
  }

  @Test
  void aFaultOfTheTrackerIsAFailureToo() throws IOException {
    rig.swarms.fail();
    try (RawClient client = rig.client()) {
      assertThat(client.get(ANNOUNCE).failed().interval()).hasValue(1800);
      assertThat(client.get(ANNOUNCE).failed().reason()).isEqualTo("a fault of the tracker");
    }
    assertThat(rig.refused(Refusal.INTERNAL)).isEqualTo(2);
  }

  @Test
  void anUnknownPathIsNotFound() throws IOException {
    Answer answer = rig.get("/favicon.ico");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("/announce").contains("'/favicon.ico'");
    assertThat(rig.refused(Refusal.NOT_FOUND)).isEqualTo(1);
  }

  @Test
  void otherMethodsThanGetAndHeadAreNotAllowed() throws IOException {
    try (RawClient client = rig.client()) {
      for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "XYZZY"}) {
        Answer answer = client.send(method + " " + ANNOUNCE + " HTTP/1.1\r\n\r\n").read();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
      }
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
    }
    assertThat(rig.refused(Refusal.METHOD)).isEqualTo(6);
  }

  // -- scrapes

  @Test
  void trapAScrapeOfAnUnknownHashIsZeros() throws IOException {
    rig.swarms.add(SWARM, endpoint("127.0.0.9:1"), true);
    rig.swarms.add(SWARM, endpoint("127.0.0.9:2"), false);
    Answer answer =
        rig.get("/scrape?info_hash=" + HASH + "&info_hash=zzzzzzzzzzzzzzzzzzzz&info_hash=" + HASH);
    TrackerResponse.Scraped scraped = answer.scraped();
    assertThat(scraped.swarms()).hasSize(2);
    assertThat(scraped.swarms().get(SWARM))
        .isEqualTo(new TrackerResponse.Counts(1, 1, OptionalInt.of(1), 7));
    assertThat(scraped.swarms().get(InfoHash.of("z".repeat(20).getBytes(ISO_8859_1))))
        .isEqualTo(new TrackerResponse.Counts(0, 0, OptionalInt.of(0), 0));
    assertThat(scraped.minRequestInterval()).hasValue(900);
    assertThat(rig.meter.scrapes()).isEqualTo(1);
  }

  @Test
  void trapAScrapeOfSixtyHashesFits() throws IOException {
    StringBuilder target = new StringBuilder("/0123456789abcdef0123456789abcdef/scrape?");
    for (int i = 0; i < 60; i++) {
      target.append(i == 0 ? "" : "&").append("info_hash=");
      for (int j = 0; j < 20; j++) {
        target.append(String.format("%%%02x", (i * 37 + j * 3) & 0xff));
      }
    }
    assertThat(target.length()).isGreaterThan(4200);
    assertThat(rig.get(target.toString()).scraped().swarms()).hasSize(60);
  }

  @Test
  void gzipIsUsedWhereItPaysAndOnlyThere() throws IOException {
    String few = "/scrape?info_hash=" + HASH;
    StringBuilder many = new StringBuilder(few);
    for (char c = 'A'; c <= 'Z'; c++) {
      many.append("&info_hash=").append(String.valueOf(c).repeat(20));
    }
    String accept = " HTTP/1.1\r\nAccept-Encoding: deflate, gzip;q=0.8\r\n\r\n";
    try (RawClient client = rig.client()) {
      Answer plain = client.get(many.toString());
      assertThat(plain.header("content-encoding")).isEmpty();
      Answer packed = client.send("GET " + many + accept).read();
      assertThat(packed.header("content-encoding")).isEqualTo("gzip");
      assertThat(packed.body().length).isLessThan(plain.body().length / 2);
      try (GZIPInputStream unpacked =
          new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
      }
      assertThat(client.send("GET " + few + accept).read().header("content-encoding")).isEmpty();
      assertThat(client.send("GET " + ANNOUNCE + accept).read().header("content-encoding"))
          .isEmpty();
      String refused = accept.replace("gzip;q=0.8", "gzip;q=0.0");
      assertThat(client.send("GET " + many + refused).read().header("content-encoding")).isEmpty();
    }
  }

  // -- HTTP itself

  @Test
  void aConnectionIsKept() throws IOException {
    try (RawClient client = rig.client()) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.get(ANNOUNCE).headers()).doesNotContainKey("connection");
      }
      assertThat(rig.door.connections()).isEqualTo(1);
    }
  }

  @Test
  void trapLibtorrentAsksForTheConnectionToBeClosed() throws IOException {
    try (RawClient client = rig.client()) {
      Answer answer =
          client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nConnection: close\r\n\r\n").read();
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void http10IsClosedUnlessItAsksToBeKept() throws IOException {
    try (RawClient client = rig.client()) {
      Answer kept =
          client.send("GET " + ANNOUNCE + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").read();
      assertThat(kept.header("connection")).isEqualTo("keep-alive");
      Answer answer = client.send("GET " + ANNOUNCE + " HTTP/1.0\r\n\r\n").read();
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.announced().interval()).isNotEmpty();
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void headIsAnsweredWithoutABody() throws IOException {
    try (RawClient client = rig.client()) {
      Answer head = client.send("HEAD " + ANNOUNCE + " HTTP/1.1\r\n\r\n").read(true);
      assertThat(head.status()).isEqualTo(200);
      Answer get = client.get(ANNOUNCE);
      assertThat(get.body()).hasSize(Integer.parseInt(get.header("content-length")));
      assertThat(head.header("content-length")).isNotEmpty().isNotEqualTo("0");
      assertThat(client.send("HEAD /x HTTP/1.1\r\n\r\n").read(true).status()).isEqualTo(404);
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
    }
  }

  @Test
  void theRestOfAHeadIsNoRequestEvenIfItLooksLikeOne() throws IOException {
    String begun = "GET " + ANNOUNCE + " HTTP/1.1\r\nHost: t\r\nX: ";
    try (RawClient client = rig.client()) {
      client.send(begun);
      Rig.await("it has arrived", () -> rig.meter.bytesReceived() == begun.length());
      client.send("GET /nowhere HTTP/1.1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
    }
    assertThat(rig.refused(Refusal.NOT_FOUND)).isZero();
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 1; i <= 500; i++) {
      requests.append("GET /announce?port=bad").append(i).append("&info_hash=").append(HASH);
      requests.append("&peer_id=-qB5000-abcdefghijkl HTTP/1.1\r\nHost: t\r\n\r\n");
    }
    try (RawClient client = rig.client()) {
      client.send(requests.toString());
      for (int i = 1; i <= 500; i++) {
        assertThat(client.read().failed().reason()).endsWith("'bad" + i + "'");
      }
    }
    assertThat(rig.meter.latency().sumNanos()).isPositive();
  }

  @Test
  void whatFollowsAConnectionCloseIsNotAnswered() throws IOException {
    try (RawClient client = rig.client()) {
      client.send(
          "GET "
              + ANNOUNCE
              + " HTTP/1.1\r\nConnection: close\r\n\r\nGET "
              + ANNOUNCE
              + " HTTP/1.1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.swarms.announces()).hasSize(1);
  }

  @Test
  void aRequestMayComeByteByByte() throws IOException {
    try (RawClient client = rig.client()) {
      for (byte b : ("GET " + ANNOUNCE + " HTTP/1.1\r\nHost: t\r\n\r\n").getBytes(ISO_8859_1)) {
        client.send(new byte[] {b});
      }
      assertThat(client.read().announced().interval()).isNotEmpty();
    }
  }

  @Test
  void trapASpaceBeforeTheQuestionMark() throws IOException {
    String target = ANNOUNCE.replace("/announce?", "/announce ?");
    assertThat(rig.get(target).announced().interval()).isNotEmpty();
    assertThat(rig.get(target.replace(" ?", "   ?")).announced().interval()).isNotEmpty();
    assertThat(rig.get("/announce ?info_hash=a b").status()).isEqualTo(400);
    assertThat(rig.get("/announce x?info_hash=a").status()).isEqualTo(400);
  }

  @Test
  void trapBytesOutsideAsciiReachTheHash() throws IOException {
    byte[] hash = new byte[20];
    for (int i = 0; i < 20; i++) {
      hash[i] = (byte) (0xff - i);
    }
    rig.get(
        "/announce?port=1&peer_id=-qB5000-abcdefghijkl&info_hash=" + new String(hash, ISO_8859_1));
    assertThat(rig.swarms.last().infoHash()).isEqualTo(InfoHash.of(hash));
  }

  // -- who it is from

  @Test
  void nobodysWordOnAddressesIsBelievedByDefault() throws IOException {
    try (RawClient client = rig.client()) {
      client
          .send(
              "GET "
                  + ANNOUNCE
                  + "&ip=192.0.2.1&ipv4=192.0.2.2&ipv6=2001:db8::1 HTTP/1.1\r\n"
                  + "X-Forwarded-For: 192.0.2.3\r\nForwarded: for=192.0.2.4\r\n\r\n")
          .read();
    }
    assertThat(rig.swarms.last().address()).isEqualTo(new Address.Ipv4(0x7f000001));
  }

  @Test
  void anIpParameterIsBelievedIfConfigured() throws IOException {
    try (Rig trusting = Rig.open(s -> Rig.addresses(s, AddressSource.SOCKET, true))) {
      Answer answer = trusting.get(ANNOUNCE + "&ip=192.0.2.1");
      assertThat(trusting.swarms.last().address()).hasToString("192.0.2.1");
      assertThat(answer.announced().externalIp()).contains(new Address.Ipv4(0x7f000001));
      trusting.get(ANNOUNCE + "&ip=0.0.0.0");
      assertThat(trusting.swarms.last().address()).hasToString("127.0.0.1");
    }
  }

  @Test
  void aTrustedProxyIsBelieved() throws IOException {
    try (Rig proxied =
        Rig.open(s ->
            Rig.addresses(s, AddressSource.X_FORWARDED_FOR, false, "127.0.0.0/8", "10.0.0.0/8"))) {
      try (RawClient client = proxied.client()) {
        Answer answer =
            client
                .send(
                    "GET "
                        + ANNOUNCE
                        + " HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.3\r\n"
                        + "X-Forwarded-For: 10.0.0.1\r\n\r\n")
                .read();
        assertThat(proxied.swarms.last().address()).hasToString("192.0.2.3");
        assertThat(answer.announced().externalIp()).map(Address::toString).contains("192.0.2.3");
      }
    }
  }

  @Test
  void anAnnounceOfAClientThatTheProxyDoesNotTellIsRefused() throws IOException {
    try (Rig proxied =
        Rig.open(s -> Rig.addresses(s, AddressSource.X_FORWARDED_FOR, false, "127.0.0.1"))) {
      try (RawClient client = proxied.client()) {
        Answer answer =
            client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nX-Forwarded-For: unknown\r\n\r\n").read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("14:failure reason", "does not tell your address");
      }
      assertThat(proxied.swarms.announces()).isEmpty();
      assertThat(proxied.refused(Refusal.CLIENT_ADDRESS)).isEqualTo(1);
    }
  }

  @Test
  void aPeerOfTheOwnNetworkIsToldTheExternalAddress() throws IOException {
    try (Rig rig =
        Rig.open(s -> Rig.addresses(s, AddressSource.X_FORWARDED_FOR, false, "127.0.0.1"))) {
      AnnouncePolicy p = AnnouncePolicy.DEFAULT;
      rig.service.apply(
          new AnnouncePolicy(
              p.intervalSeconds(),
              p.intervalJitter(),
              p.minIntervalSeconds(),
              p.numwantDefault(),
              p.numwantMax(),
              new Address.Ipv4(0xcb007107),
              null));
      assertThat(toldTo(rig, "192.168.1.5")).isEqualTo("203.0.113.7");
      assertThat(toldTo(rig, "198.51.100.9")).isEqualTo("198.51.100.9");
      assertThat(toldTo(rig, "fd00::5")).isEqualTo("fd00::5");
    }
  }

  private static String toldTo(Rig rig, String peer) throws IOException {
    try (RawClient client = rig.client()) {
      return client
          .send("GET " + ANNOUNCE + " HTTP/1.1\r\nX-Forwarded-For: " + peer + "\r\n\r\n")
          .read()
          .announced()
          .externalIp()
          .orElseThrow()
          .toString();
    }
  }

  @Test
  void aProxyHeaderIsReadFromTrustedNetworks() throws IOException {
    try (Rig proxied =
        Rig.open(s -> Rig.addresses(s, AddressSource.PROXY_PROTOCOL, false, "127.0.0.1"))) {
      byte[] head = {
        0x0d,
        0x0a,
        0x0d,
        0x0a,
        0,
        0x0d,
        0x0a,
        0x51,
        0x55,
        0x49,
        0x54,
        0x0a, // signature
        0x21,
        0x11,
        0,
        12, // version 2, PROXY; TCP over IPv4; 12 bytes
        (byte) 192,
        0,
        2,
        77,
        127,
        0,
        0,
        1,
        0x12,
        0x34,
        0x1a,
        (byte) 0xe1
      };
      try (RawClient client = proxied.client()) {
        client.send(head);
        assertThat(client.get(ANNOUNCE).announced().externalIp())
            .map(Address::toString)
            .contains("192.0.2.77");
        assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      }
      assertThat(proxied.swarms.last().address()).hasToString("192.0.2.77");
      byte[] ipv6 = new byte[16 + 36];
      System.arraycopy(head, 0, ipv6, 0, 13);
      ipv6[13] = 0x21;
      ipv6[15] = 36;
      ipv6[16] = 0x20;
      ipv6[17] = 0x01;
      ipv6[31] = 5;
      try (RawClient client = proxied.client()) {
        client.send(ipv6);
        assertThat(client.get(ANNOUNCE).announced().externalIp())
            .map(Address::toString)
            .contains("2001::5");
      }
      byte[] local = Arrays.copyOf(head, 16);
      local[12] = 0x20;
      local[13] = 0;
      local[15] = 0;
      try (RawClient client = proxied.client()) { // a health check of the proxy's own
        client.send(local);
        assertThat(client.get(ANNOUNCE).announced().externalIp())
            .map(Address::toString)
            .contains("127.0.0.1");
      }
      try (RawClient client = proxied.client()) { // required
        client.send("GET " + ANNOUNCE + " HTTP/1.1\r\n\r\n");
        assertThat(client.isClosed()).isTrue();
      }
      Rig.await("it is counted", () -> proxied.refused(Refusal.MALFORMED) == 1);
    }
  }

  @Test
  void aProxyHeaderFromElsewhereIsNoRequest() throws IOException {
    try (Rig proxied =
        Rig.open(s -> Rig.addresses(s, AddressSource.PROXY_PROTOCOL, false, "192.0.2.0/24"))) {
      assertThat(proxied.get(ANNOUNCE).status()).isEqualTo(200);
      try (RawClient client = proxied.client()) {
        client.send("PROXY TCP4 6.6.6.6 127.0.0.1 1 2\r\nGET / HTTP/1.1\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(400);
      }
    }
  }
}
