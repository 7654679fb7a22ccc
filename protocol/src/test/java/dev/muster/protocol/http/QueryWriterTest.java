package dev.muster.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryWriterTest {
  private static final long SEED = 4;

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2000; i++) {
      byte[] hash = new byte[20];
      byte[] peer = new byte[20];
      random.nextBytes(hash);
      random.nextBytes(peer);
      AnnounceQuery query =
          new AnnounceQuery(
              InfoHash.of(hash),
              PeerId.of(peer),
              1 + random.nextInt(65_535),
              random.nextLong(),
              random.nextLong(),
              random.nextLong(Long.MAX_VALUE) - 1 + random.nextInt(1),
              AnnounceEvent.ofNumber(random.nextInt(5)),
              random.nextInt(300) - 1,
              Integer.toUnsignedLong(random.nextInt()),
              "",
              "",
              "",
              "id " + random.nextInt() + "+&=%",
              random.nextBoolean(),
              random.nextBoolean(),
              false,
              Announce.NO_METADATA);
      assertThat(HttpQuery.parse("/announce?" + QueryWriter.announce(query)))
          .as("seed " + SEED + ", query " + i)
          .isEqualTo(query);
    }
  }

  @Test
  void aScrapeNamesEachSwarm() {
    List<InfoHash> swarms =
        List.of(InfoHash.ofHex("ff".repeat(20)), InfoHash.ofHex("00207e2b25".repeat(4)));
    assertThat(HttpQuery.parse("/scrape?" + QueryWriter.scrape(swarms)))
        .isEqualTo(new ScrapeQuery(swarms));
  }
}
