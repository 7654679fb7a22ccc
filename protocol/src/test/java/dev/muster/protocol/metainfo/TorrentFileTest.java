package dev.muster.protocol.metainfo;

import static dev.muster.protocol.metainfo.Torrents.BLOCK;
import static dev.muster.protocol.metainfo.Torrents.bytes;
import static dev.muster.protocol.metainfo.Torrents.dictionary;
import static dev.muster.protocol.metainfo.Torrents.leaf;
import static dev.muster.protocol.metainfo.Torrents.list;
import static dev.muster.protocol.metainfo.Torrents.torrent;
import static dev.muster.protocol.metainfo.Torrents.v1;
import static dev.muster.protocol.metainfo.Torrents.v1At;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BValue;
import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorrentFileTest {
  private static final URI A = URI.create("udp://a.example:1/announce");
  private static final URI B = URI.create("https://b.example/announce");
  private static final URI C = URI.create("wss://c.example/");

  @Test
  void aVersion1TorrentIsRead() throws LinkException {
    BDictionary info = v1("private", 1);
    TorrentFile torrent =
        TorrentFile.parse(
            torrent(
                info,
                "announce",
                A,
                "comment",
                "hello",
                "created by",
                "someone",
                "creation date",
                1_700_000_000L,
                "url-list",
                "http://w.example/a b"));
    assertThat(torrent.v1()).contains(InfoHash.of(Hashes.sha1().digest(bytes(info))));
    assertThat(torrent.v2()).isEmpty();
    assertThat(torrent.name()).contains("a");
    assertThat(torrent.isPrivate()).isTrue();
    assertThat(torrent.trackers()).containsExactly(List.of(A));
    assertThat(torrent.webSeeds()).containsExactly(URI.create("http://w.example/a%20b"));
    assertThat(torrent.comment()).contains("hello");
    assertThat(torrent.createdBy()).contains("someone");
    assertThat(torrent.creationDate()).hasValue(1_700_000_000L);
    assertThat(torrent.isOneFile()).isTrue();
    assertThat(torrent.length()).isEqualTo(5);
    assertThat(torrent.remarks()).isEmpty();
  }

  /** TRAP: the hash is that of the bytes as they stand, however badly they were encoded. */
  @Test
  void theHashIsThatOfTheOriginalBytes() throws LinkException {
    String info = "d4:name1:a12:piece lengthi016384e6:lengthi5e6:pieces20:" + "\0".repeat(20) + "e";
    TorrentFile torrent = TorrentFile.parse(("d4:info" + info + "e").getBytes(ISO_8859_1));
    InfoHash hash = InfoHash.of(Hashes.sha1().digest(info.getBytes(ISO_8859_1)));
    assertThat(torrent.v1()).contains(hash);
    assertThat(TorrentFile.parse(torrent.toByteArray()).v1()).contains(hash);
    assertThat(torrent.withTrackers(List.of(List.of(A))).v1()).contains(hash);
  }

  /** TRAP (BEP 12): announce-list, where it says anything, stands instead of announce. */
  @Test
  void tiersAreReadAndRepeatedTrackersDropped() throws LinkException {
    TorrentFile torrent =
        TorrentFile.parse(
            torrent(
                v1(),
                "announce",
                C,
                "announce-list",
                list(list(A, B, "?"), list(), list(A), list(C))));
    assertThat(torrent.trackers()).containsExactly(List.of(A, B), List.of(C));
    assertThat(torrent.remarks()).hasSize(1);
    assertThat(TorrentFile.parse(torrent(v1(), "announce", C, "announce-list", list())).trackers())
        .containsExactly(List.of(C));
  }

  @Test
  void unknownKeysAreKeptWhenTrackersChange() throws LinkException {
    TorrentFile torrent =
        TorrentFile.parse(
            torrent(
                v1(),
                "announce",
                C,
                "zzz",
                list("kept", 7),
                "azureus_properties",
                dictionary("x", 1)));
    TorrentFile changed = torrent.withTrackers(List.of(List.of(A, B), List.of(C)));
    assertThat(changed.trackers()).containsExactly(List.of(A, B), List.of(C));
    assertThat(changed.withTrackers(List.of(List.of(C))).toByteArray())
        .isEqualTo(torrent.toByteArray());
  }

  @Test
  void bytesAfterTheTorrentAreRemarkedUpon() throws LinkException {
    byte[] bytes = torrent(v1());
    TorrentFile torrent = TorrentFile.parse(Arrays.copyOf(bytes, bytes.length + 2));
    assertThat(torrent.remarks()).containsExactly("2 bytes follow after the torrent");
    assertThat(torrent.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void attributesAndSymlinksAreRead() throws LinkException {
    BDictionary info =
        dictionary(
            "name",
            "dir",
            "piece length",
            BLOCK,
            "pieces",
            new byte[20],
            "files",
            list(
                dictionary("length", 5, "path", list("bin", "x"), "attr", "xhz"),
                dictionary("length", 10, "path", list(".pad", "10"), "attr", "p"),
                dictionary(
                    "length",
                    0,
                    "path",
                    list("l"),
                    "attr",
                    "l",
                    "symlink path",
                    list("bin", "x"))));
    TorrentFile torrent = TorrentFile.parse(torrent(info));
    assertThat(torrent.files().get(0).attributes())
        .containsExactlyInAnyOrder(FileAttribute.EXECUTABLE, FileAttribute.HIDDEN);
    assertThat(torrent.files().get(1).isPadding()).isTrue();
    assertThat(torrent.files().get(2).symlink()).containsExactly("bin", "x");
    assertThat(torrent.length()).isEqualTo(5);
  }

  @Test
  void aMagnetLinkOfATorrentSaysWhatTheTorrentSays() throws LinkException {
    TorrentFile torrent =
        TorrentFile.parse(
            torrent(
                v1("name", "ä &=+%"),
                "announce-list",
                list(list(A, B), list(C)),
                "url-list",
                list(B)));
    MagnetLink link = MagnetLink.parse(MagnetLink.of(torrent).toString());
    assertThat(link.swarms()).isEqualTo(torrent.swarms());
    assertThat(link.name()).isEqualTo(torrent.name());
    assertThat(link.trackers().stream().flatMap(List::stream)).containsExactly(A, B, C);
    assertThat(link.webSeeds()).containsExactly(B);
    assertThat(link.length()).hasValue(5);
  }

  static Stream<List<Object>> unsafePaths() {
    return Stream.of(
        List.of(".."),
        List.of("a", "..", "..", "etc", "passwd"),
        List.of("."),
        List.of(""),
        List.of(),
        List.of("/etc/passwd"),
        List.of("a/b"),
        List.of("..\\..\\autoexec.bat"),
        List.of("a\0b"),
        List.of("x".repeat(256)),
        List.of(
            (Object[]) java.util.Collections.nCopies(30, "y".repeat(200)).toArray(Object[]::new)));
  }

  @ParameterizedTest
  @MethodSource("unsafePaths")
  void anUnsafePathIsRefused(List<Object> path) {
    assertThatThrownBy(() -> TorrentFile.parse(torrent(v1At(path.toArray()))))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("path");
  }

  @ParameterizedTest
  @MethodSource("unsafePaths")
  void anUnsafePathInAFileTreeIsRefused(List<Object> path) {
    if (path.isEmpty()) {
      return;
    }
    BValue tree = leaf("length", 0);
    for (int i = path.size() - 1; i >= 0; i--) {
      tree = dictionary((String) path.get(i), tree);
    }
    BDictionary info =
        dictionary("name", "d", "piece length", BLOCK, "meta version", 2, "file tree", tree);
    assertThatThrownBy(() -> TorrentFile.parse(torrent(info))).isInstanceOf(LinkException.class);
  }

  static Stream<byte[]> brokenTorrents() {
    BDictionary ok = v1();
    return Stream.of(
        new byte[0],
        "i5e".getBytes(ISO_8859_1),
        "d4:info".getBytes(ISO_8859_1),
        bytes(dictionary("announce", A)),
        bytes(dictionary("info", "text")),
        torrent(v1("name", "..")),
        torrent(v1("name", "a/b")),
        torrent(v1("piece length", 0)),
        torrent(v1("piece length", -1)),
        torrent(v1("piece length", Long.MAX_VALUE)),
        torrent(v1("length", -5)),
        torrent(v1("length", Long.MAX_VALUE)),
        torrent(v1("pieces", new byte[19])),
        torrent(v1("pieces", new byte[40])),
        torrent(v1("pieces", 7)),
        torrent(v1("files", list())),
        torrent(v1("files", list("x"))),
        torrent(v1("files", dictionary())),
        torrent(v1("meta version", 3)),
        torrent(v1("meta version", 2)),
        torrent(dictionary("name", "x", "length", 5, "piece length", BLOCK)),
        Arrays.copyOf(torrent(ok), 40));
  }

  @ParameterizedTest
  @MethodSource("brokenTorrents")
  void aTorrentThatIsBrokenOrContradictsItselfIsRefused(byte[] bytes) {
    assertThatThrownBy(() -> TorrentFile.parse(bytes))
        .isInstanceOf(LinkException.class)
        .message()
        .isNotEmpty();
  }

  @Test
  void aLayerThatDoesNotLeadToTheRootIsRefused() throws Exception {
    byte[] layer = new byte[64];
    layer[5] = 1;
    byte[] root = Hashes.sha256().digest(layer);
    BDictionary info =
        dictionary(
            "name",
            "f",
            "piece length",
            BLOCK,
            "meta version",
            2,
            "file tree",
            dictionary("f", leaf("length", BLOCK + 1, "pieces root", root)));
    BDictionary layers =
        BDictionary.of(
            java.util.Map.of(
                dev.muster.protocol.bencode.BString.of(root),
                dev.muster.protocol.bencode.BString.of(layer)));
    assertThat(TorrentFile.parse(torrent(info, "piece layers", layers)).isOneFile()).isTrue();
    layer[6] = 1;
    assertThatThrownBy(() -> TorrentFile.parse(torrent(info, "piece layers", layers)))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("does not lead");
    assertThatThrownBy(() -> TorrentFile.parse(torrent(info)))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("no piece layer");
  }

  /** What a stranger could make the reader hold is over a limit before it is held. */
  @Test
  void aHostileTorrentMeetsALimit() {
    String deep = "d4:info" + "l".repeat(100_000);
    String many = "d4:infol" + "0:".repeat(1_500_000) + "ee";
    TorrentLimits few = new TorrentLimits(1000, 100, 16, 3);
    assertThatThrownBy(() -> TorrentFile.parse(deep.getBytes(ISO_8859_1)))
        .hasMessageContaining("deeper than");
    assertThatThrownBy(() -> TorrentFile.parse(many.getBytes(ISO_8859_1)))
        .hasMessageContaining("more than 1000000 values");
    assertThatThrownBy(() -> TorrentFile.parse(new byte[1001], few)).hasMessageContaining("bytes");
    Object[] files = new Object[4];
    Arrays.fill(files, dictionary("length", 1, "path", list("x")));
    assertThatThrownBy(() -> TorrentFile.parse(torrent(v1("files", list(files))), few))
        .hasMessageContaining("more than 3 files");
  }
}
