package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCommandsTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";
  private static final String LINK =
      "magnet:?xt=urn:btih:" + HASH + "&dn=a%1b[31mb&tr=udp://a.example:1&x.pe=[::1]:5&tr=junk";

  @TempDir Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Muster.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private String torrent(String more) throws IOException {
    String info =
        "d6:lengthi5e4:name5:a.bin12:piece lengthi16384e6:pieces20:" + "\0".repeat(20) + more + "e";
    return Files.writeString(
            temporary.resolve("a.torrent"),
            "d8:announce20:udp://a.example:1/an4:info" + info + "e",
            StandardCharsets.ISO_8859_1)
        .toString();
  }

  @Test
  void aTorrentIsShown() throws IOException {
    assertThat(run("torrent", "show", torrent("7:privatei1e"))).isEqualTo(Muster.DONE);
    assertThat(out.toString().lines())
        .contains(
            "name        a.bin",
            "private     yes",
            "length      5 bytes",
            "tier 1      udp://a.example:1/an",
            "file        5  a.bin");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aTorrentIsShownAsJson() throws IOException {
    assertThat(run("torrent", "show", "--json", torrent(""))).isEqualTo(Muster.DONE);
    assertThat(out.toString())
        .startsWith("{\"name\":\"a.bin\",\"v1\":\"")
        .contains("\"trackers\":[[\"udp://a.example:1/an\"]]", "\"length\":5", "\"private\":false");
  }

  @Test
  void theMagnetLinkOfATorrentIsPrinted() throws IOException {
    assertThat(run("magnet", torrent(""))).isEqualTo(Muster.DONE);
    assertThat(out.toString())
        .startsWith("magnet:?xt=urn:btih:")
        .contains("&dn=a.bin&xl=5&tr=udp%3A%2F%2Fa.example%3A1%2Fan");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void thatAPrivateTorrentsLinkIsNotIsSaid() throws IOException {
    assertThat(run("magnet", torrent("7:privatei1e"))).isEqualTo(Muster.DONE);
    assertThat(err.toString()).contains("private");
  }

  @Test
  void aMagnetLinkIsShownAndCannotMoveTheTerminal() {
    assertThat(run("magnet", "show", LINK)).isEqualTo(Muster.DONE);
    assertThat(out.toString().lines())
        .contains(
            "v1 hash     " + HASH,
            "tier 1      udp://a.example:1",
            "peer        ::1 port 5",
            "remark      not the URL of a tracker: `junk`");
    assertThat(out.toString()).doesNotContain("\u001b");
  }

  @Test
  void aMagnetLinkIsShownAsJson() {
    assertThat(run("magnet", "show", LINK, "--json")).isEqualTo(Muster.DONE);
    assertThat(out.toString())
        .contains("\"v1\":\"" + HASH + "\"", "{\"host\":\"::1\",\"port\":5}")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"magnet show magnet:?dn=x", "torrent show /nonexistent", "magnet /etc"})
  void whatIsNoLinkIsOneLineAndExitCode1(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(Muster.FAILED);
    assertThat(err.toString().lines()).singleElement().asString().startsWith("muster: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"magnet", "torrent", "torrent show", "magnet show", "torrent shw"})
  void whatIsMissingIsOneLineAndExitCode2(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(Muster.USAGE);
    assertThat(err.toString().lines()).singleElement().asString().startsWith("muster: ");
  }
}
