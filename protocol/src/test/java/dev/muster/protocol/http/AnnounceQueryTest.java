package dev.muster.protocol.http;

import static dev.muster.protocol.http.Queries.BASE;
import static dev.muster.protocol.http.Queries.HASH;
import static dev.muster.protocol.http.Queries.HASH_HEX;
import static dev.muster.protocol.http.Queries.announce;
import static dev.muster.protocol.http.Queries.reason;
import static dev.muster.protocol.http.Queries.refusal;
import static dev.muster.protocol.http.Queries.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.AnnounceRequest;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnounceQueryTest {
  @Test
  void aWholeAnnounceIsRead() {
    AnnounceQuery query =
        announce(
            BASE
                + "&port=6881&uploaded=1&downloaded=2&left=3&corrupt=0&key=1A2B3C4D&event=started"
                + "&numwant=200&compact=1&no_peer_id=1&supportcrypto=1&redundant=0&trackerid=xyz");
    assertThat(query)
        .isEqualTo(
            new AnnounceQuery(
                InfoHash.ofHex(HASH_HEX),
                PeerId.of("-qB5000-abcdefghijkl".getBytes(ISO_8859_1)),
                6881,
                1,
                2,
                3,
                AnnounceEvent.STARTED,
                200,
                0x1A2B3C4DL,
                "",
                "",
                "",
                "xyz",
                true,
                true,
                false,
                Announce.NO_METADATA));
  }

  @Test
  void theDoorAddsTheAddress() {
    Address address = new Address.Ipv4(0x01020304);
    AnnounceRequest request = with("left=5&event=stopped&numwant=0&key=7").from(address);
    assertThat(request.address()).isEqualTo(address);
    assertThat(request.port()).isEqualTo(6881);
    assertThat(request.left()).isEqualTo(5);
    assertThat(request.event()).isEqualTo(AnnounceEvent.STOPPED);
    assertThat(request.numwant()).isZero();
    assertThat(request.key()).isEqualTo(7);
    assertThat(request.infoHash()).isEqualTo(InfoHash.ofHex(HASH_HEX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/announce",
        "/announce.php",
        "/x/announce",
        "/0123456789abcdef/announce",
        "/a/b/c/announce-me",
        "announce",
        "http://tracker.example:6969/announce"
      })
  void anyPathWhoseLastSegmentBeginsWithAnnounceIsOne(String path) {
    assertThat(announce(path + BASE.substring(9) + "&port=1").port()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/announc",
        "/announce/",
        "/Announce",
        "/announce/x",
        "*",
        "/xannounce",
        "/favicon.ico",
        "/?info_hash=/announce",
        "/../../etc/passwd"
      })
  void otherPathsAreNotFound(String path) {
    assertThat(reason(path)).isEqualTo(Refusal.NOT_FOUND);
    assertThat(reason(path + "?info_hash=/announce")).isEqualTo(Refusal.NOT_FOUND);
  }

  // -- protocols.md §2.1, traps in parsing

  @Test
  void trapTheQueryIsBytesAndNotText() {
    byte[] all = new byte[20];
    StringBuilder percent = new StringBuilder();
    for (int first = 0; first < 256; first += 20) {
      percent.setLength(0);
      for (int i = 0; i < 20; i++) {
        all[i] = (byte) (first + i);
        percent.append(String.format("%%%02X", all[i]));
      }
      assertThat(
              announce("/announce?port=1&peer_id=bbbbbbbbbbbbbbbbbbbb&info_hash=" + percent)
                  .infoHash())
          .isEqualTo(InfoHash.of(all));
    }
    // unescaped bytes above 7f, which a UTF-8 decoder would lose
    String raw =
        new String(HexFormat.of().parseHex("ff80c3a9e282ac00f09f9880fefdfcfbfaf90102"), ISO_8859_1);
    assertThat(
            announce("/announce?port=1&peer_id=bbbbbbbbbbbbbbbbbbbb&info_hash=" + raw).infoHash())
        .isEqualTo(InfoHash.of(raw.getBytes(ISO_8859_1)));
  }

  @Test
  void trapHexCaseDiffers() {
    String upper = HASH.replace("%9a%bc%de", "%9A%Bc%dE");
    assertThat(announce(BASE.replace(HASH, upper) + "&port=1").infoHash())
        .isEqualTo(InfoHash.ofHex(HASH_HEX));
  }

  @Test
  void trapAPlusIsAPlus() {
    assertThat(
            announce("/announce?port=1&peer_id=bbbbbbbbbbbbbbbbbbbb&info_hash=++++++++++++++++++++")
                .infoHash())
        .isEqualTo(InfoHash.of("+".repeat(20).getBytes(ISO_8859_1)));
  }

  @Test
  void trapThePeerIdIsNotEscaped() {
    assertThat(
            announce("/announce?port=1&info_hash=" + HASH + "&peer_id=-TR4100-=?/:@!$'()*;")
                .peerId())
        .isEqualTo(PeerId.of("-TR4100-=?/:@!$'()*;".getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?passkey=abc&", "?&", "?&&&", "?passkey&", "?=&", "?==&", "?=x&"})
  void trapTheQueryBeginsMidWay(String start) {
    assertThat(announce("/announce" + start + BASE.substring(10) + "&&port=9&").port())
        .isEqualTo(9);
  }

  @Test
  void trapARepeatedInfoHashIsRefused() {
    RefusedQuery refused = refusal(BASE + "&port=1&info_hash=" + HASH);
    assertThat(refused.reason()).isEqualTo(Refusal.INFO_HASH);
    assertThat(refused.sentence()).contains("twice");
  }

  @ParameterizedTest
  @CsvSource({
    "left=0, 0",
    "left=16384, 16384", // a magnet link without metadata: libtorrent, WebTorrent
    "left=9223372036854775807, 9223372036854775807", // the same: Transmission
    "left=18446744073709551615, 9223372036854775807", // unset: WebTorrent
    "left=18446744073709551616, 9223372036854775807",
    "left=99999999999999999999999999999, 9223372036854775807",
    "left=9223372036854775808, 9223372036854775807",
    "left=-1, -1",
    "left=-99999999999999999999999, -1",
    "left=, -1",
    "x=, -1",
    "left=00000000000000000000000000000012, 12",
    "left=%31%32, 12"
  })
  void trapLeftIsNotTrustworthy(String parameter, long left) {
    assertThat(with(parameter).left()).isEqualTo(left);
  }

  @Test
  void trapLeftThatIsAbsentIsUnknownAndNotASeed() {
    assertThat(with("event=started").left()).isEqualTo(Announce.UNKNOWN_LEFT);
  }

  @ParameterizedTest
  @CsvSource({"left", "uploaded", "downloaded"})
  void trapLeftThatIsNotANumberIsRefusedAndNotASeed(String parameter) {
    for (String text :
        new String[] {"many", "0x10", "1e9", "1.5", " 1", "-", "--1", "%", "%4", "+1"}) {
      RefusedQuery refused = refusal(BASE + "&port=1&" + parameter + "=" + text);
      assertThat(refused.reason()).isEqualTo(Refusal.NUMBER);
      assertThat(refused.sentence()).contains(parameter).contains("'" + text + "'");
    }
  }

  @Test
  void uploadedAndDownloadedAreUnsignedAndNeverOverflow() {
    AnnounceQuery query = with("uploaded=18446744073709551615&downloaded=18446744073709551614");
    assertThat(Long.toUnsignedString(query.uploaded())).isEqualTo("18446744073709551615");
    assertThat(Long.toUnsignedString(query.downloaded())).isEqualTo("18446744073709551614");
    AnnounceQuery more = with("uploaded=18446744073709551616&downloaded=184467440737095516160");
    assertThat(Long.toUnsignedString(more.uploaded())).isEqualTo("18446744073709551615");
    assertThat(Long.toUnsignedString(more.downloaded())).isEqualTo("18446744073709551615");
    assertThat(with("uploaded=-5").uploaded()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1A2B3C4D, 0x1A2B3C4D",
    "1a2b3c4d, 0x1A2B3C4D",
    "FFFFFFFF, 0xFFFFFFFF",
    "00000000, 0",
    "7, 7",
    "%31%41, 0x1A"
  })
  void trapTheKeyOfHttpIsThatOfUdpInHexadecimal(String key, String value) {
    assertThat(with("key=" + key).key()).isEqualTo(Long.decode(value));
  }

  @Test
  void trapTheKeyMayBeAnyBytes() {
    long raw = with("key=%00%ff%80abc%0a%0d").key();
    assertThat(raw).isEqualTo(with("key=%00%FF%80abc%0A%0D").key()).isNotZero();
    assertThat(raw).isNotEqualTo(with("key=%00%ff%80abc%0a%0e").key());
    assertThat(with("key=123456789").key()).isNegative(); // not to be taken for a 32-bit number
    assertThat(with("key=%").key()).isNotZero();
    assertThat(with("key=").key()).isZero();
    assertThat(with("x=").key()).isZero();
  }

  @Test
  void trapPausedIsAnEvent() {
    assertThat(with("event=paused").event()).isEqualTo(AnnounceEvent.PAUSED);
  }

  @Test
  void theKeysNeedNotBePlainEither() {
    assertThat(
            announce("/announce?info%5Fhash=" + HASH + "&peer%5fid=bbbbbbbbbbbbbbbbbbbb&%70ort=80")
                .port())
        .isEqualTo(80);
    assertThat(with("%=1&%zz=2&%%%=3&" + "%41".repeat(50) + "=4").port()).isEqualTo(6881);
  }

  // -- the bad input

  @Test
  void missingInfoHash() {
    assertThat(reason("/announce")).isEqualTo(Refusal.INFO_HASH);
    assertThat(reason("/announce?")).isEqualTo(Refusal.INFO_HASH);
    assertThat(refusal("/announce?peer_id=bbbbbbbbbbbbbbbbbbbb&port=1").sentence())
        .isEqualTo("info_hash is missing");
    assertThat(reason("/announce?info_hash&peer_id=bbbbbbbbbbbbbbbbbbbb&port=1"))
        .isEqualTo(Refusal.INFO_HASH);
  }

  @Test
  void shortAndLongInfoHash() {
    for (int length = 0; length < 60; length++) {
      String target =
          "/announce?port=1&peer_id=bbbbbbbbbbbbbbbbbbbb&info_hash=" + "a".repeat(length);
      if (length == 20) {
        assertThat(announce(target).infoHash()).isNotNull();
      } else {
        assertThat(reason(target)).isEqualTo(Refusal.INFO_HASH);
      }
    }
    assertThat(refusal("/announce?info_hash=abc").sentence()).contains("not 3: 'abc'");
    assertThat(refusal("/announce?info_hash=" + "ab".repeat(20)).sentence())
        .contains("20 bytes, not more");
  }

  @Test
  void missingShortLongAndDuplicatePeerId() {
    String base = "/announce?port=1&info_hash=" + HASH;
    assertThat(refusal(base).sentence()).isEqualTo("peer_id is missing");
    assertThat(reason(base)).isEqualTo(Refusal.PEER_ID);
    assertThat(reason(base + "&peer_id=")).isEqualTo(Refusal.PEER_ID);
    assertThat(reason(base + "&peer_id=" + "b".repeat(19))).isEqualTo(Refusal.PEER_ID);
    assertThat(reason(base + "&peer_id=" + "b".repeat(21))).isEqualTo(Refusal.PEER_ID);
    assertThat(reason(base + ("&peer_id=" + "b".repeat(20)).repeat(2))).isEqualTo(Refusal.PEER_ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "65536",
        "-1",
        "4294967297",
        "18446744073709551617",
        "text",
        "",
        "6881x",
        "+1",
        "%"
      })
  void portOutOfRange(String port) {
    RefusedQuery refused = refusal(BASE + "&port=" + port);
    assertThat(refused.reason()).isEqualTo(Refusal.PORT);
    assertThat(refused.sentence()).isEqualTo("port has to be 1 to 65535, not '" + port + "'");
  }

  @Test
  void missingPort() {
    assertThat(refusal(BASE).reason()).isEqualTo(Refusal.PORT);
    assertThat(refusal(BASE).sentence()).isEqualTo("port is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "numwant=-1, -1",
    "numwant=-99999999999999999999, -1",
    "numwant=, -1",
    "x=, -1",
    "numwant=text, -1",
    "numwant=0, 0",
    "numwant=1, 1",
    "numwant=1000000000, 1000000000",
    "numwant=18446744073709551615, 2147483647"
  })
  void numwantOfEverySize(String parameter, int numwant) {
    assertThat(with(parameter).numwant()).isEqualTo(numwant);
  }

  @ParameterizedTest
  @CsvSource({
    "started, STARTED", "stopped, STOPPED", "completed, COMPLETED", "paused, PAUSED", "empty, NONE",
    "'', NONE", "unknown, NONE", "STARTED, NONE", "%, NONE", "st%61rted, STARTED"
  })
  void anUnknownEventIsNone(String text, AnnounceEvent event) {
    assertThat(with("event=" + text).event()).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%1", "%zz", "%1g", "%%", "%-1", "% 1", "%\u00ff\u00ff"})
  void junkPercentEscapes(String junk) {
    String hash = "a".repeat(19) + junk;
    RefusedQuery refused = refusal("/announce?info_hash=" + hash);
    assertThat(refused.reason()).isEqualTo(Refusal.INFO_HASH);
    assertThat(refused.sentence()).contains("without two hexadecimal digits");
    assertThat(reason("/announce?info_hash=" + HASH + "&peer_id=" + hash))
        .isEqualTo(Refusal.PEER_ID);
    // elsewhere they do no harm
    assertThat(with("foo=" + junk + "&trackerid=" + junk + "&ip=" + junk).trackerId())
        .isEqualTo(junk);
  }

  @Test
  void aSentenceHoldsNoBytesThatAreNotPrintable() {
    String sentence =
        refusal(BASE + "&port=\u0000\u001b[31m\u00ff\r\n" + "x".repeat(1000)).sentence();
    assertThat(sentence).matches("[ -~]{1,120}").contains("...");
  }

  @Test
  void compactIsAdvisoryAndNoPeerIdIsAccepted() {
    assertThat(with("compact=0").compact()).isFalse();
    assertThat(with("compact=1").compact()).isTrue();
    assertThat(with("no_peer_id=1").noPeerId()).isTrue();
    assertThat(with("x=").compact()).isTrue();
  }

  @Test
  void aClaimedAddressIsReadWhenAskedFor() {
    Address ipv4 = Address.parse("198.51.100.1").orElseThrow();
    Address ipv6 = Address.parse("2001:db8::1").orElseThrow();
    assertThat(with("x=").claimed(ipv4)).isEmpty();
    assertThat(with("ip=192.0.2.7").claimed(ipv4)).isEqualTo(Address.parse("192.0.2.7"));
    assertThat(with("ip=192.0.2.7").claimed(ipv6)).isEqualTo(Address.parse("192.0.2.7"));
    assertThat(with("ip=%3A%3affff:192.0.2.7").claimed(ipv6)).isEqualTo(Address.parse("192.0.2.7"));
    AnnounceQuery both = with("ipv4=192.0.2.8:6881&ipv6=%5B2001:db8::8%5D:6881");
    assertThat(both.claimed(ipv4)).isEqualTo(Address.parse("192.0.2.8"));
    assertThat(both.claimed(ipv6)).isEqualTo(Address.parse("2001:db8::8"));
    assertThat(with("ipv6=2001:db8::8").claimed(ipv4)).isEmpty();
    assertThat(with("ipv4=2001:db8::8").claimed(ipv4)).isEmpty();
    assertThat(with("ip=tracker.example").claimed(ipv4)).isEmpty(); // names are not looked up
  }

  @Test
  void ofOtherRepeatedParametersTheLastCounts() {
    assertThat(with("left=1&left=2").left()).isEqualTo(2);
  }

  @Test
  void aPeerSaysWhatItIsInThreeNumbers() {
    AnnounceQuery query = with("caps=19&up=9&down=11&contact=1");
    assertThat(query.metadata()).isEqualTo(0x139b);
    assertThat(query.contact()).isTrue();
    assertThat(query.from(new Address.Ipv4(1)).metadata()).isEqualTo(0x139b);
    assertThat(with("up=9").metadata()).isEqualTo(0x90);
    assertThat(with("down=%31").metadata()).isEqualTo(1);
    assertThat(with("caps=0").metadata()).isZero();
  }

  @Test
  void whoSaysNothingOfItselfOrNothingReadableSaysNothingNew() {
    for (String parameter : new String[] {"", "caps=", "caps=x", "caps=%", "up=1e3", "CAPS=1"}) {
      assertThat(with(parameter).metadata()).as(parameter).isEqualTo(Announce.NO_METADATA);
    }
    assertThat(with("contact=2").contact()).isFalse();
    assertThat(with("contact").contact()).isFalse();
  }

  @Test
  void metadataBeyondTheirRangeAreCutToIt() {
    assertThat(with("caps=257&up=16&down=99999999999999999999").metadata()).isEqualTo(0x01ff);
    assertThat(with("caps=1&up=-1").metadata()).isEqualTo(0x0100);
  }
}
