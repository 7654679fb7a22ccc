package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static dev.muster.server.http.Rig.HASH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.Refusal;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are HTTP, but no good announce or scrape. */
class HttpBadInputTest {
  private static final String PEER = "&peer_id=-qB5000-abcdefghijkl";

  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = Rig.open();
  }

  @AfterEach
  void close() throws IOException {
    rig.assertAnswersAsBefore();
    rig.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "",
      value = {
        "missing info_hash,   INFO_HASH, /announce?port=1{peer}",
        "duplicate info_hash, INFO_HASH, /announce?info_hash={hash}&info_hash={hash}&port=1{peer}",
        "short info_hash,     INFO_HASH, /announce?info_hash=%12%34&port=1{peer}",
        "long info_hash,      INFO_HASH, /announce?info_hash={hash}%00&port=1{peer}",
        "missing peer_id,     PEER_ID,   /announce?info_hash={hash}&port=1",
        "duplicate peer_id,   PEER_ID,   /announce?info_hash={hash}&port=1{peer}{peer}",
        "short peer_id,       PEER_ID,   /announce?info_hash={hash}&port=1&peer_id=abc",
        "long peer_id,        PEER_ID,   /announce?info_hash={hash}&port=1{peer}x",
        "missing port,        PORT,      /announce?info_hash={hash}{peer}",
        "port 0,              PORT,      /announce?info_hash={hash}{peer}&port=0",
        "port 65536,          PORT,      /announce?info_hash={hash}{peer}&port=65536",
        "port -1,             PORT,      /announce?info_hash={hash}{peer}&port=-1",
        "port 2^32+1,         PORT,      /announce?info_hash={hash}{peer}&port=4294967297",
        "port text,           PORT,      /announce?info_hash={hash}{peer}&port=http",
        "left text,           NUMBER,    /announce?info_hash={hash}{peer}&port=1&left=all",
        "junk percent escapes,INFO_HASH, /announce?info_hash=%zz%1&port=1{peer}",
        "a lone percent sign, PEER_ID,   /announce?info_hash={hash}&port=1&peer_id=%",
        "scrape of no hash,   EMPTY_SCRAPE, /scrape",
        "scrape of half a hash, INFO_HASH, /scrape?info_hash={hash}&info_hash=%12"
      })
  void whatIsNoGoodIsAFailureWithAReasonAndAnInterval(String name, Refusal reason, String target)
      throws IOException {
    try (RawClient client = rig.client()) {
      Answer answer = client.get(target.replace("{hash}", HASH).replace("{peer}", PEER));
      assertThat(answer.status()).as(name).isEqualTo(200);
      assertThat(answer.failed().reason()).isNotEmpty();
      assertThat(answer.failed().interval()).hasValue(1800);
      assertThat(answer.failed().retryMinutes()).hasValue(30);
      assertThat(client.get(ANNOUNCE).announced().interval()).as("the next one").isNotEmpty();
    }
    assertThat(rig.refused(reason)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "left absent,   '',                         -1",
    "left negative, &left=-1,                   -1",
    "left 2^63-1,   &left=9223372036854775807,  9223372036854775807",
    "left 2^64-1,   &left=18446744073709551615, 9223372036854775807",
    "left 16384,    &left=16384,                16384",
    "left 0,        &left=0,                    0"
  })
  void leftOfEverySizeIsTaken(String name, String parameter, long left) throws IOException {
    String target = ANNOUNCE.replace("&left=5", parameter);
    boolean seed = left == 0;
    Answer answer = rig.get(target);
    assertThat(rig.swarms.last().left()).as(name).isEqualTo(left);
    assertThat(answer.announced().seeders()).hasValue(seed ? 1 : 0);
    assertThat(answer.announced().leechers()).hasValue(seed ? 0 : 1);
  }

  @Test
  void trapLeftThatIsUnknownIsNoSeed() throws IOException {
    rig.get(ANNOUNCE.replace("&left=5", "&left="));
    assertThat(rig.swarms.last().left()).isEqualTo(Announce.UNKNOWN_LEFT);
  }

  @Test
  void anUnknownEventIsNone() throws IOException {
    rig.get(ANNOUNCE + "&event=resurrected");
    assertThat(rig.swarms.last().event()).isEqualTo(AnnounceEvent.NONE);
  }

  @Test
  void trapPausedIsTaken() throws IOException {
    rig.get(ANNOUNCE + "&event=paused");
    assertThat(rig.swarms.last().event()).isEqualTo(AnnounceEvent.PAUSED);
  }

  @Test
  void manyDistinctHashesFromOneSource() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      requests.append(
          String.format(
              "GET /announce?info_hash=aaaaaaaaaaaaaaa%05d%s&port=1&left=1 HTTP/1.1\r\n\r\n",
              i, PEER));
    }
    try (RawClient client = rig.client()) {
      client.send(requests.toString());
      for (int i = 0; i < 2000; i++) {
        assertThat(client.read().announced().leechers()).hasValue(1);
      }
    }
    assertThat(rig.meter.announces(false)).isEqualTo(2000);
  }
}
