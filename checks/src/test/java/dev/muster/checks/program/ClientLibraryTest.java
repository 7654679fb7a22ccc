package dev.muster.checks.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.client.Peer;
import dev.muster.client.Progress;
import dev.muster.client.Self;
import dev.muster.client.Swarm;
import dev.muster.client.TrackerClient;
import dev.muster.protocol.metainfo.MagnetLink;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that embed the client library meet through the program. */
class ClientLibraryTest {
  private static final int SEEDER_PORT = 6881;
  private static final int LEECHER_PORT = 6882;
  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"http", "udp"})
  void twoApplicationsMeet(String door) throws Exception {
    try (RunningProgram muster = serve()) {
      assertThatTheyMeet(tracker(muster, door));
    }
  }

  /** The first of the link's trackers hears and never answers, the second one is not there. */
  @Test
  void twoApplicationsMeetThoughTwoOfThreeTrackersAreDead() throws Exception {
    try (RunningProgram muster = serve();
        ServerSocket hung = new ServerSocket(0)) {
      String silent = "http%3A%2F%2F127.0.0.1%3A" + hung.getLocalPort() + "%2Fannounce";
      assertThatTheyMeet(silent, "http%3A%2F%2F127.0.0.1%3A1%2Fannounce", tracker(muster, "udp"));
    }
  }

  private RunningProgram serve() throws Exception {
    return RunningProgram.start(
        directory, "serve", "--http", "127.0.0.1:0", "--udp", "127.0.0.1:0", "--admin", "off");
  }

  private static String tracker(RunningProgram muster, String door) throws Exception {
    return door + "%3A%2F%2F127.0.0.1%3A" + muster.port(door) + "%2Fannounce";
  }

  private static void assertThatTheyMeet(String... trackers) throws Exception {
    MagnetLink link =
        MagnetLink.parse(
            "magnet:?xt=urn:btih:aabbccddeeff00112233445566778899aabbccdd&tr="
                + String.join("&tr=", trackers));
    Self seeder = Self.listeningAt(SEEDER_PORT, () -> new Progress(0, 0, 0));
    Self leecher = Self.listeningAt(LEECHER_PORT, Progress::unknown);
    BlockingQueue<List<Peer>> told = new LinkedBlockingQueue<>();
    try (TrackerClient one = TrackerClient.create();
        TrackerClient other = TrackerClient.create();
        TrackerClient late = TrackerClient.create()) {
      try (Swarm first = one.join(link, seeder, peers -> {})) {
        await(first);
        try (Swarm second = other.join(link, leecher, told::add)) {
          List<Peer> peers = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(peers).extracting(peer -> peer.endpoint().port()).containsExactly(SEEDER_PORT);
        }
      }
      // Both have said stopped: who comes now finds nobody.
      try (Swarm third = late.join(link, leecher, told::add)) {
        await(third);
        assertThat(third.peers()).isEmpty();
      }
    }
  }

  /** Until a tracker has answered. */
  private static void await(Swarm swarm) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (swarm.trackers().stream().noneMatch(tracker -> tracker.answers() > 0)) {
      assertThat(System.nanoTime()).as("no tracker answers").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
