package dev.muster.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class TorrentFileFuzzTest {
  /** Whatever comes is a torrent that writes and reads back with its hashes, or refused. */
  @FuzzTest
  void anyBytesAreATorrentOrRefused(byte[] input) throws LinkException {
    TorrentFile torrent;
    try {
      torrent = TorrentFile.parse(input);
    } catch (LinkException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    TorrentFile again = TorrentFile.parse(torrent.toByteArray());
    assertThat(again).isEqualTo(torrent);
    assertThat(again.swarms()).isEqualTo(torrent.swarms()).isNotEmpty();
    assertThat(torrent.files())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.path()).isNotEmpty().doesNotContain("..", ".", ""));
  }
}
