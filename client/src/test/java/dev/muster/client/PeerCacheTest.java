package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of peers that were reached. */
class PeerCacheTest {
  private static final Instant WHEN = Instant.ofEpochSecond(1_700_000_000);

  @TempDir private Path directory;

  private static Endpoint peer(int port) {
    return Endpoint.parse("[2001:db8::1]:" + port).orElseThrow();
  }

  private static InfoHash swarm(int number) {
    return new InfoHash(0, number, 0);
  }

  @Test
  void theSixteenReachedLastAreKept() {
    PeerCache cache = PeerCache.inMemory();
    for (int port = 1; port <= 20; port++) {
      cache.reached(swarm(1), new PeerCache.Reached(peer(port), WHEN));
    }

    assertThat(cache.peers(swarm(1))).hasSize(16);
    assertThat(cache.peers(swarm(1)).get(0).endpoint()).isEqualTo(peer(20));
  }

  @Test
  void theSwarmsUsedLastAreKept() {
    PeerCache cache = PeerCache.inMemory();
    for (int number = 0; number <= 1000; number++) {
      cache.reached(swarm(number), new PeerCache.Reached(peer(1), WHEN));
    }

    assertThat(cache.peers(swarm(0))).isEmpty();
    assertThat(cache.peers(swarm(1))).hasSize(1);
  }

  @Test
  void aFileKeepsThemFromOneRunToTheNext() {
    Path file = directory.resolve("peers");
    PeerCache before = PeerCache.inFile(file);
    before.reached(swarm(1), new PeerCache.Reached(peer(1), WHEN));
    before.reached(swarm(1), new PeerCache.Reached(peer(2), WHEN));
    before.save();

    assertThat(PeerCache.inFile(file).peers(swarm(1))).isEqualTo(before.peers(swarm(1)));
  }

  @Test
  void aDamagedFileCostsNothingElse() throws IOException {
    Path file = directory.resolve("peers");
    for (String damaged : new String[] {"\0\u00ff", "x y z", "00 1.2.3.4:5 9", "a b", " \n\n"}) {
      Files.writeString(file, damaged);
      assertThat(PeerCache.inFile(file).peers(swarm(1))).isEmpty();
    }
  }
}
