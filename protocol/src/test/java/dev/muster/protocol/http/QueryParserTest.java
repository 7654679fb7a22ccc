package dev.muster.protocol.http;

import static dev.muster.protocol.http.Queries.BASE;
import static dev.muster.protocol.http.Queries.HASH;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueryParserTest {
  private static final List<String> TARGETS =
      List.of(
          BASE + "&port=6881&left=5&numwant=30&key=1A2B3C4D&event=started&ipv4=192.0.2.1",
          BASE + "&port=1&uploaded=1&downloaded=2&left=0&trackerid=xyz&compact=0&no_peer_id=1",
          "/scrape?info_hash=" + HASH + "&info_hash=" + HASH,
          "/here/announce.php?port=%36881&peer_id=-qB5000-abcdefghijkl&info_hash=" + HASH);

  /** What one target leaves behind changes nothing for the next, nor does what lies around it. */
  @Test
  void aTargetIsReadAlikeWhereverItLiesAndWhateverCameBefore() {
    long seed = 20_261;
    SplittableRandom random = new SplittableRandom(seed);
    String letters = "&=%?/ 0aF-.\0\u00e9+";
    QueryParser parser = new QueryParser();
    int announces = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder text = new StringBuilder(TARGETS.get(random.nextInt(TARGETS.size())));
      for (int change = random.nextInt(4); change > 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
          case 1 -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
          default -> text.deleteCharAt(at);
        }
      }
      String target = text.toString();
      byte[] bytes = ("GET " + target + "&port=7 HTTP/1.1").getBytes(ISO_8859_1);
      HttpQuery read = parser.parse(bytes, 4, 4 + target.length());
      assertThat(read)
          .as("seed %d, round %d: %s", seed, i, target)
          .isEqualTo(HttpQuery.parse(target));
      announces += read instanceof AnnounceQuery ? 1 : 0;
    }
    assertThat(announces).isBetween(5_000, 35_000);
  }
}
