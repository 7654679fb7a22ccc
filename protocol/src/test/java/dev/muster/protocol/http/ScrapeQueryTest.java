package dev.muster.protocol.http;

import static dev.muster.protocol.http.Queries.HASH;
import static dev.muster.protocol.http.Queries.HASH_HEX;
import static dev.muster.protocol.http.Queries.reason;
import static dev.muster.protocol.http.Queries.scrape;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.InfoHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapeQueryTest {
  @Test
  void trapAScrapeIsFoundWhereverAnnounceWasReplaced() {
    for (String path :
        new String[] {"/scrape", "/scrape.php", "/x/scrape", "http://scrape.x/scrape"}) {
      assertThat(scrape(path + "?info_hash=" + HASH).infoHashes())
          .containsExactly(InfoHash.ofHex(HASH_HEX));
    }
  }

  @Test
  void aScrapeOfSixtyHashesIsRead() {
    StringBuilder target = new StringBuilder("/scrape?passkey=1");
    List<InfoHash> hashes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] hash = new byte[20];
      java.util.Arrays.fill(hash, (byte) (i * 4));
      hashes.add(InfoHash.of(hash));
      target.append("&info_hash=");
      for (byte b : hash) {
        target.append(String.format("%%%02x", b));
      }
    }
    assertThat(scrape(target.toString()).infoHashes()).isEqualTo(hashes);
  }

  @Test
  void aRepeatedHashIsAllowed() {
    assertThat(scrape("/scrape?info_hash=" + HASH + "&info_hash=" + HASH).infoHashes()).hasSize(2);
  }

  @Test
  void aScrapeOfNoHashIsRefused() {
    assertThat(reason("/scrape")).isEqualTo(Refusal.EMPTY_SCRAPE);
    assertThat(reason("/scrape?")).isEqualTo(Refusal.EMPTY_SCRAPE);
    assertThat(reason("/scrape?info_hash")).isEqualTo(Refusal.EMPTY_SCRAPE);
    assertThat(reason("/scrape?peer_id=x")).isEqualTo(Refusal.EMPTY_SCRAPE);
  }

  @Test
  void aScrapeWithOneBadHashIsRefused() {
    String good = "/scrape?info_hash=" + "a".repeat(20);
    assertThat(scrape(good).infoHashes())
        .containsExactly(InfoHash.of("a".repeat(20).getBytes(ISO_8859_1)));
    for (String bad : new String[] {"", "a", "a".repeat(21), "%", "%zz" + "a".repeat(19)}) {
      assertThat(reason(good + "&info_hash=" + bad)).isEqualTo(Refusal.INFO_HASH);
    }
  }
}
