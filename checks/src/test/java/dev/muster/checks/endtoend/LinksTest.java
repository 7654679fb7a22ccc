package dev.muster.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.metainfo.InfoHashV2;
import dev.muster.protocol.metainfo.LinkException;
import dev.muster.protocol.metainfo.MagnetLink;
import dev.muster.protocol.metainfo.TorrentFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's torrents and magnet links, read as their makers read them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinksTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String SCRIPT =
      Path.of("src/test/python/libtorrent_links.py").toAbsolutePath().toString();
  private static final List<List<URI>> TIERS =
      List.of(
          List.of(URI.create("udp://a.example:1/announce")),
          List.of(URI.create("http://b.example/announce")));

  private final Path home = Home.of("links");

  @BeforeAll
  void write() throws IOException {
    Random random = new Random(4);
    byte[] bytes = new byte[300_000];
    random.nextBytes(bytes);
    Files.write(home.resolve("one.bin"), bytes);
    Path directory = Files.createDirectories(home.resolve("many").resolve("bélow"));
    Files.write(
        home.resolve("many").resolve("a.txt"), "some text".getBytes(StandardCharsets.UTF_8));
    Files.write(home.resolve("many").resolve("empty"), new byte[0]);
    Files.write(home.resolve("many").resolve("z.bin"), bytes);
    Files.write(directory.resolve("c.bin"), java.util.Arrays.copyOf(bytes, 70_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"one.bin", "many"})
  void torrentsOfLibtorrentAreReadWithItsHashes(String content) throws Exception {
    Installed.require(Client.LIBTORRENT);
    Path made = Files.createDirectories(home.resolve("libtorrent-" + content));
    run(PYTHON, SCRIPT, "make", home.resolve(content).toString(), made.toString());
    List<String> files = new ArrayList<>();
    for (String version : List.of("v1", "v2", "hybrid")) {
      files.add(made.resolve(version + ".torrent").toString());
    }
    List<String> said = show(files);
    for (int i = 0; i < files.size(); i++) {
      TorrentFile torrent = TorrentFile.parse(Files.readAllBytes(Path.of(files.get(i))));
      assertThat(summary(torrent)).as(files.get(i)).isEqualTo(said.get(i));
      assertThat(torrent.trackers()).isEqualTo(TIERS);
      assertThat(torrent.remarks()).isEmpty();
      assertThat(torrent.isOneFile()).isEqualTo(content.equals("one.bin"));
    }
    assertThat(said).extracting(line -> line.startsWith("- ")).containsExactly(false, true, false);
  }

  /** What Muster writes again, with other trackers, is the same torrent to others. */
  @Test
  void torrentsWithTrackersChangedKeepTheirHashesForOthers() throws Exception {
    Installed.require(Client.LIBTORRENT);
    Path made = Files.createDirectories(home.resolve("changed"));
    run(PYTHON, SCRIPT, "make", home.resolve("many").toString(), made.toString());
    for (String version : List.of("v1", "v2", "hybrid")) {
      Path file = made.resolve(version + ".torrent");
      TorrentFile torrent = TorrentFile.parse(Files.readAllBytes(file));
      Path changed = made.resolve(version + "-changed.torrent");
      Files.write(changed, torrent.withTrackers(List.of(TIERS.get(1))).toByteArray());
      assertThat(show(List.of(changed.toString()))).containsExactly(summary(torrent));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one.bin", "many"})
  void torrentsOfTransmissionAreReadWithItsHash(String content) throws Exception {
    Installed.require("transmission-create");
    Installed.require("transmission-show");
    Path made = home.resolve("transmission-" + content + ".torrent");
    run(
        "transmission-create",
        "--outfile",
        made.toString(),
        "--tracker",
        TIERS.get(0).get(0).toString(),
        home.resolve(content).toString());
    TorrentFile torrent = TorrentFile.parse(Files.readAllBytes(made));
    assertThat(run("transmission-show", made.toString()))
        .contains("Hash: " + torrent.v1().orElseThrow());
    assertThat(torrent.trackers()).isEqualTo(TIERS.subList(0, 1));
  }

  /** mktorrent tells no hash; Transmission does. */
  @ParameterizedTest
  @ValueSource(strings = {"one.bin", "many"})
  void torrentsOfMktorrentAreReadWithTheHashOthersSee(String content) throws Exception {
    Installed.require("mktorrent", "-h");
    Installed.require("transmission-show");
    Path made = home.resolve("mktorrent-" + content + ".torrent");
    run(
        "mktorrent",
        "-a",
        TIERS.get(0).get(0).toString(),
        "-a",
        TIERS.get(1).get(0).toString(),
        "-o",
        made.toString(),
        home.resolve(content).toString());
    TorrentFile torrent = TorrentFile.parse(Files.readAllBytes(made));
    assertThat(run("transmission-show", made.toString()))
        .contains("Hash: " + torrent.v1().orElseThrow());
    assertThat(torrent.trackers()).isEqualTo(TIERS);
  }

  /** Random links, right and wrong: what libtorrent takes Muster takes, with the same hashes. */
  @Test
  void randomMagnetLinksAreReadAsLibtorrentReadsThem() throws Exception {
    Installed.require(Client.LIBTORRENT);
    Random random = new Random(1);
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      links.add(link(random));
    }
    Path file = Files.write(home.resolve("magnets.txt"), links);
    List<String> said = run(PYTHON, SCRIPT, "magnets", file.toString()).lines().toList();
    assertThat(said).hasSameSizeAs(links).contains("refused");
    for (int i = 0; i < links.size(); i++) {
      assertThat(summary(links.get(i))).as(links.get(i)).isEqualTo(said.get(i));
    }
  }

  private static String link(Random random) {
    String hex = hex(random, 20);
    String v2 = hex(random, 32);
    List<String> parts = new ArrayList<>();
    switch (random.nextInt(6)) {
      case 0 -> parts.add("xt=urn:btih:" + hex.toUpperCase(java.util.Locale.ROOT));
      case 1 -> parts.add("xt=urn:btih:" + base32(random));
      case 2 -> parts.add("xt=urn:btih:" + hex.substring(random.nextInt(3)));
      case 3 -> parts.add("xt.1=urn%3Abtih%3A" + hex);
      case 4 -> parts.add("dn=nothing");
      default -> parts.add("xt=urn:btih:" + hex);
    }
    switch (random.nextInt(4)) {
      case 0 -> parts.add("xt=urn:btmh:1220" + v2);
      case 1 -> parts.add("xt=urn:btmh:1220" + v2.substring(random.nextInt(2)));
      default -> {}
    }
    parts.add("tr" + (random.nextBoolean() ? ".7" : "") + "=udp%3A%2F%2Fa.example%3A1");
    parts.add("x.pe=192.0.2.1:6881");
    java.util.Collections.shuffle(parts, random);
    return "magnet:?" + String.join("&", parts);
  }

  private static String hex(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String base32(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32)));
    }
    return text.toString();
  }

  private static String summary(String link) {
    try {
      MagnetLink read = MagnetLink.parse(link);
      return read.v1().map(InfoHash::toString).orElse("-")
          + " "
          + read.v2().map(InfoHashV2::toString).orElse("-");
    } catch (LinkException e) {
      return "refused";
    }
  }

  private static String summary(TorrentFile torrent) {
    return torrent.v1().map(InfoHash::toString).orElse("-")
        + " "
        + torrent.v2().map(InfoHashV2::toString).orElse("-")
        + " "
        + torrent.length();
  }

  private List<String> show(List<String> files) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT, "show"));
    command.addAll(files);
    return run(command.toArray(String[]::new)).lines().toList();
  }

  /** What a program writes; it must end well, and soon. */
  private String run(String... command) throws Exception {
    Path output = home.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    return said;
  }
}
