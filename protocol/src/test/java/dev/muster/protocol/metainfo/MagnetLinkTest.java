package dev.muster.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagnetLinkTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef01234567";
  private static final String BASE32 = "AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH";
  private static final String V2 = "fe" + HEX + "89abcdef0123456789abcd";

  private static MagnetLink magnet(String query) throws LinkException {
    return MagnetLink.parse("magnet:?" + query);
  }

  @Test
  void aLinkIsReadWhole() throws LinkException {
    MagnetLink link =
        magnet(
            "xt=urn:btih:"
                + HEX
                + "&xt=urn:btmh:1220"
                + V2
                + "&dn=Two%20words+more&xl=1234&tr=udp%3A%2F%2Fa.example%3A6969%2Fannounce"
                + "&tr=https://b.example/announce&ws=http%3A%2F%2Fw.example%2Ffile"
                + "&x.pe=192.0.2.1:6881&x.pe=[2001:db8::1]:51413&x.pe=peer.example:1&so=0,2,4-8");
    assertThat(link.v1()).contains(InfoHash.ofHex(HEX));
    assertThat(link.v2()).contains(InfoHashV2.ofHex(V2));
    assertThat(link.swarms())
        .containsExactly(InfoHash.ofHex(HEX), InfoHash.ofHex(V2.substring(0, 40)));
    assertThat(link.name()).contains("Two words more");
    assertThat(link.length()).hasValue(1234);
    assertThat(link.trackers())
        .containsExactly(
            List.of(URI.create("udp://a.example:6969/announce")),
            List.of(URI.create("https://b.example/announce")));
    assertThat(link.webSeeds()).containsExactly(URI.create("http://w.example/file"));
    assertThat(link.peers())
        .containsExactly(
            new PeerAddress("192.0.2.1", 6881),
            new PeerAddress("2001:db8::1", 51413),
            new PeerAddress("peer.example", 1));
    assertThat(link.selected())
        .containsExactly(new FileRange(0, 0), new FileRange(2, 2), new FileRange(4, 8));
    assertThat(link.isPrivate()).isFalse();
    assertThat(link.remarks()).isEmpty();
  }

  @Test
  void base32IsTheSameHash() throws LinkException {
    assertThat(magnet("xt=urn:btih:" + BASE32).v1()).contains(InfoHash.ofHex(HEX));
    assertThat(magnet("xt=urn:btih:" + BASE32.toLowerCase()).v1()).contains(InfoHash.ofHex(HEX));
  }

  /** TRAP: a hybrid's truncated hash is 20 bytes of the SHA-256; a v2 link has no other swarm. */
  @Test
  void aVersion2LinkHasOneSwarmCutTo20Bytes() throws LinkException {
    assertThat(magnet("xt=urn:btmh:1220" + V2).swarms())
        .containsExactly(InfoHash.ofHex(V2.substring(0, 40)));
  }

  /** TRAP: names are in any case and may be numbered, and xt may be percent-encoded. */
  @Test
  void namesAreInAnyCaseAndMayBeNumbered() throws LinkException {
    MagnetLink link =
        MagnetLink.parse(
            " MAGNET:?XT.1=urn%3Abtih%3A"
                + HEX.toUpperCase()
                + "&TR.1=udp://a.example:1&tr.22=udp://b.example:2\n");
    assertThat(link.v1()).contains(InfoHash.ofHex(HEX));
    assertThat(link.trackers())
        .containsExactly(
            List.of(URI.create("udp://a.example:1")), List.of(URI.create("udp://b.example:2")));
  }

  /** TRAP: each tr is a tier of its own, and a repeated one is dropped. */
  @Test
  void eachTrackerIsATierAndARepeatedOneIsDropped() throws LinkException {
    MagnetLink link =
        magnet(
            "xt=urn:btih:"
                + HEX
                + "&tr=udp://a.example:1&tr=udp://b.example:1&tr=udp://a.example:1");
    assertThat(link.trackers()).hasSize(2).allMatch(tier -> tier.size() == 1);
  }

  @Test
  void aLinkCopiedOutOfHtmlIsRead() throws LinkException {
    MagnetLink link = magnet("xt=urn:btih:" + HEX + "&amp;tr=udp://a.example:1&amp;dn=x");
    assertThat(link.trackers()).hasSize(1);
    assertThat(link.name()).contains("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dn=%zz%4&xt=urn:btih:"
            + HEX
            + "&x.unknown=%41b+c&kt=a+b&xt=urn:sha1:ABC&as=http://x/&tr=udp://a.example:80",
        "xt=urn:btih:" + BASE32 + "&so=0-2&tr.1=http%3a%2f%2fa.example%2F"
      })
  void orderAndUnknownParametersAreKept(String query) throws LinkException {
    assertThat(magnet(query)).hasToString("magnet:?" + query);
    assertThat(MagnetLink.parse(magnet(query).toString())).isEqualTo(magnet(query));
  }

  @Test
  void whatIsWrongBesideTheHashIsLeftOutWithARemark() throws LinkException {
    MagnetLink link =
        magnet(
            "xt=urn:btih:"
                + HEX
                + "&tr=nonsense&tr=udp://ok.example:1&x.pe=1.2.3.4&x.pe=1.2.3.4:0&x.pe=1.2.3.4:70000"
                + "&x.pe=2001:db8::1:80&xl=-1&so=5-3&so=99999&ws=%00");
    assertThat(link.trackers()).containsExactly(List.of(URI.create("udp://ok.example:1")));
    assertThat(link.peers()).isEmpty();
    assertThat(link.length()).isEmpty();
    assertThat(link.selected()).isEmpty();
    assertThat(link.webSeeds()).isEmpty();
    assertThat(link.remarks()).hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://example.org/",
        "magnet:",
        "magnet:?dn=x",
        "magnet:?xt=urn:sha1:" + BASE32,
        "magnet:?xt=urn:btih:0123",
        "magnet:?xt=urn:btih:" + HEX + "0",
        "magnet:?xt=urn:btih:zz23456789abcdef0123456789abcdef01234567",
        "magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRL1",
        "magnet:?xt=urn:btmh:1114" + HEX,
        "magnet:?xt=urn:btmh:" + V2,
        "magnet:?xt=urn:btmh:1220" + HEX
      })
  void aLinkWithoutARightHashIsRefused(String text) {
    assertThatThrownBy(() -> MagnetLink.parse(text)).isInstanceOf(LinkException.class);
  }

  @Test
  void aLinkTooLongOrWithTooManyParametersIsRefused() {
    String link = "magnet:?xt=urn:btih:" + HEX;
    assertThatThrownBy(() -> MagnetLink.parse(link + "&dn=" + "x".repeat(70_000)))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("length=");
    assertThatThrownBy(() -> MagnetLink.parse(link + "&&a".repeat(3_000)))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("parameters");
  }

  @Test
  void remarksAreBounded() throws LinkException {
    assertThat(magnet("xt=urn:btih:" + HEX + "&so=" + ",".repeat(20_000)).remarks())
        .hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void trackersAreAdded() throws LinkException {
    URI tracker = URI.create("https://c.example/announce?key=a&b=c");
    MagnetLink link = magnet("xt=urn:btih:" + HEX).withTrackers(List.of(tracker));
    assertThat(MagnetLink.parse(link.toString()).trackers()).containsExactly(List.of(tracker));
  }
}
